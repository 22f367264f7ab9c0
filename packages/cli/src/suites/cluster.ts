import { resolve } from 'node:path'
import { isRoot } from '@neotool/platform/data-owner'
import { areClusterBinariesFetched } from '@neotool/platform/kubernetes/node/binaries'
import { nothing, type Suite, type SuiteOptions } from './suite.ts'
import { runProject } from './vitest.ts'

const NAME = 'cluster'

/** Why it is not run where nobody asked for it by name; undefined where it can be. */
const reasonToSkip = async (): Promise<string | undefined> => {
  if (!isRoot()) return 'a Kubernetes node can only be started by root'
  if (await areClusterBinariesFetched()) return undefined
  return `Kubernetes and what stands in for public images are not in the cache; ./neotool test --only ${NAME} builds them, half an hour`
}

const isWanted = async ({ isNamed, kubeconfig }: SuiteOptions): Promise<boolean> => {
  if (isNamed || kubeconfig !== undefined) return true
  const reason = await reasonToSkip()
  if (reason !== undefined) console.log(`Skipped: ${reason}.`)
  return reason === undefined
}

/** The local overlay and the four releases in a real Kubernetes: a node of our own, or the cluster of --kubeconfig. */
export const clusterSuite: Suite = {
  name: NAME,
  about: 'everything in a real Kubernetes: it comes up, serves, and loses no request',
  run: async (options) => {
    if (!(await isWanted(options))) return { ...nothing, skipped: 1 }
    const { kubeconfig } = options
    return runProject(NAME, options, kubeconfig === undefined ? {} : { NEOTOOL_TEST_KUBECONFIG: resolve(kubeconfig) })
  },
}
