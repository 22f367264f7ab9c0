import { buildImages, ourImages, shortName } from '@neotool/platform/kubernetes/images'
import { imagesFileOf, lockImages } from '@neotool/platform/kubernetes/images-lock'
import { Command, Option } from 'commander'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../failures.ts'
import { table } from '../style.ts'
import { withTaskList } from '../task-list.ts'

type BuildOptions = { readonly push?: string; readonly only?: string[]; readonly network?: string }

const build = async ({ push, only, network }: BuildOptions) => {
  const built = await interruptible(
    'Interrupted. What was built is in the engine; build again for the rest.',
    (signal) => withTaskList((report) => buildImages({ root: checkout, names: only, network, push, report, signal })),
  )
  const rows = built.map(({ reference, sizeBytes, pushed = '' }) => [
    reference,
    `${(sizeBytes / 1e6).toFixed(0)} MB`,
    pushed,
  ])
  console.log(`\n${table(['image', 'size', push === undefined ? '' : 'pushed'], rows)}`)
}

const buildCommand = new Command('build')
  .description('build the images of the services, the web, the Hive gateway and the backup tools with docker')
  .addOption(new Option('--only <name...>', 'these images alone').choices(ourImages.map(shortName)))
  .option('--push <registry>', 'push them there too: REGISTRY/neotool/NAME:VERSION')
  .option('--network <mode>', 'the network of the build, as docker build takes it: host, none')
  .action(build)

const lock = async (environment: string) => {
  const locked = await interruptible('Interrupted. Nothing was written.', (signal) =>
    withTaskList((report) => lockImages({ root: checkout, environment, report, signal })),
  )
  const rows = locked.map(({ reference, state, detail }) => [reference, state, detail])
  console.log(`\n${table(['image', 'state', imagesFileOf(environment)], rows)}`)
  const unanswered = locked.filter(({ state }) => state === 'unanswered').length
  if (unanswered === 0) return
  console.error(`\nFor ${unanswered} of ${locked.length} images no registry answered: they keep what stood there.`)
  process.exitCode = exitCodes.failed.code
}

const lockCommand = new Command('lock')
  .description("write the digest that each image's tag has in its registry today beside the tag")
  .argument('<environment>', 'local or prod: a folder of infra/kubernetes/overlays')
  .action(lock)

/** The container images of a cluster: ours are built here, and all are pinned. */
export const imagesCommand = new Command('images')
  .description('build our container images, or pin those of an environment by digest')
  .addCommand(buildCommand)
  .addCommand(lockCommand)
