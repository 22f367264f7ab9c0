import { platformErrorOf } from '@neotool/platform/failure'
import { Command, Option } from 'commander'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible, printFailure } from '../failures.ts'
import { bold, dim, red, seconds } from '../style.ts'
import { add, type Failure, inWords, nothing, type Suite, type SuiteOptions, type Tally } from '../suites/suite.ts'
import { suites } from '../suites/suites.ts'

type Options = { only?: string; long?: true; routerBinary?: string; kubeconfig?: string }

/** A suite that cannot be run counts as one failure, and the next one still runs. */
const tallyOfSuite = async (suite: Suite, options: SuiteOptions): Promise<Tally> => {
  try {
    return await suite.run(options)
  } catch (error) {
    options.signal.throwIfAborted()
    printFailure(error)
    return { ...nothing, failures: [{ check: `the suite ${suite.name}`, message: platformErrorOf(error).message }] }
  }
}

/** The first lines of a message hold what was expected; the rest stands where the check ran. */
const LINES_OF_A_FAILURE = 15

/** Whoever reads the end of a long output finds there what failed, and why. */
const printFailures = (failures: readonly Failure[]): void => {
  for (const { check, message } of failures) {
    console.log(`\n${red('✖')} ${bold(check)}`)
    for (const line of message.split('\n').slice(0, LINES_OF_A_FAILURE)) console.log(`  ${line}`)
  }
}

const test = async ({ only, long, routerBinary, kubeconfig }: Options) => {
  const chosen = suites.filter(({ name, isOnDemand }) => (only === undefined ? isOnDemand !== true : name === only))
  const total = await interruptible('Interrupted.', async (signal) => {
    const options = {
      root: checkout,
      isLong: long === true,
      isNamed: only !== undefined,
      routerBinary,
      kubeconfig,
      signal,
    }
    let tally = nothing
    const summaries: string[] = []
    for (const suite of chosen) {
      console.log(`\n${bold(suite.name)} ${dim(suite.about)}`)
      const begin = Date.now()
      const result = await tallyOfSuite(suite, options)
      signal.throwIfAborted()
      summaries.push(`${suite.name}: ${inWords(result)} in ${seconds(Date.now() - begin)}`)
      console.log(summaries.at(-1))
      tally = add(tally, result)
    }
    printFailures(tally.failures)
    console.log(`\n${summaries.join('\n')}`)
    return tally
  })
  console.log(inWords(total))
  if (total.failures.length > 0) process.exitCode = exitCodes.failed.code
}

const listed = suites.map(
  ({ name, about, isOnDemand }) => `  ${name.padEnd(12)}${about}${isOnDemand === true ? ' (only by --only)' : ''}`,
)

export const testCommand = new Command('test')
  .description('install what is missing and run every check')
  .addOption(new Option('--only <suite>', 'run one suite alone').choices(suites.map(({ name }) => name)))
  .option('--long', 'also what takes minutes by its nature: the files *.long.test.ts')
  .addOption(
    new Option('--router-binary <path>', 'try this Apollo Router instead of one that is built here').implies({
      only: 'router',
    }),
  )
  .addOption(
    new Option('--kubeconfig <file>', 'bring the platform up in this cluster instead of a node of our own').implies({
      only: 'cluster',
    }),
  )
  .addHelpText('after', `\nSuites:\n${listed.join('\n')}`)
  .action(test)
