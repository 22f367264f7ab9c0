/** For tests: the machines of an environment, as terraform tells of them. */
import { readFileSync, writeFileSync } from 'node:fs'

export type TerraformState = {
  /** What a plan of Terraform says: an address and its actions. */
  terraformChanges: readonly (readonly [address: string, ...actions: string[]])[]
  /** What an apply of Terraform fails with, where it does. */
  terraformFault: string
  /** Its apply goes on until it is ended. */
  isTerraformSlow: boolean
  /** What it shows, it shows in part, and fails. */
  isShowingBroken: boolean
}

export const KUBECONFIG_SECRET = 'secret-of-the-kubeconfig'
export const PLAN_SECRET = 'secret-of-the-plan'
export const S3_KEYS = { access_key_id: 'id-of-the-bucket', secret_access_key: 'secret-of-the-bucket' } as const

/** What a program of a test fails with. */
export class Failure extends Error {}

/** The commands of terraform that we use, by their names. */
export const makeTestTerraform = (
  state: TerraformState,
): Readonly<Record<string, (args: readonly string[]) => string>> => {
  let isMade = false
  // As the state's serial: a plan is of one.
  let serial = 0
  return {
    version: () => '',
    init: () => '',
    plan: (args) => {
      const file = args.find((arg) => arg.startsWith('-out='))?.slice('-out='.length) ?? ''
      writeFileSync(file, `${args.includes('-destroy') ? 'destroy' : 'make'} ${serial}`)
      return ''
    },
    show: () => {
      if (state.isShowingBroken) throw new Failure(PLAN_SECRET)
      const changes = state.terraformChanges.map(([address, ...actions]) => {
        const before = actions.includes('delete') ? { name: /\["(.*)"\]/.exec(address)?.[1] } : null
        return { address, change: { actions, before } }
      })
      return JSON.stringify({ planned_values: PLAN_SECRET, resource_changes: changes })
    },
    state: (args) => {
      const forgotten = args.slice(args.indexOf('rm') + 1)
      state.terraformChanges = state.terraformChanges.filter(([address]) => !forgotten.includes(address))
      serial += 1
      return ''
    },
    apply: (args) => {
      const [what, planned] = readFileSync(args.at(-1) ?? '', 'utf8').split(' ')
      if (Number(planned) !== serial) throw new Failure('Error: Saved plan is stale')
      if (state.terraformFault !== '') throw new Failure(state.terraformFault)
      isMade = what === 'make'
      return ''
    },
    output: () => {
      const [kubeconfig, s3_credentials] = [KUBECONFIG_SECRET, { assets: S3_KEYS }].map((value) => ({ value }))
      return JSON.stringify(isMade ? { kubeconfig, s3_credentials } : {})
    },
  }
}
