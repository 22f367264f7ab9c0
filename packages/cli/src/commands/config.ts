import { PlatformError } from '@neotool/platform/failure'
import { exampleValuesIn, findDrift, writeDerivedFiles } from '@neotool/platform/kubernetes/derive'
import { allEnvironmentNames, readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { bold, dim, green, red } from '../style.ts'

const namesOf = (environment: string | undefined): readonly string[] =>
  environment === undefined ? allEnvironmentNames(checkout) : [environment]

/** Every environment, even after one that has faults; then fails if any had. */
const forEach = (environments: readonly string[], work: (environment: string) => readonly string[]): void => {
  const failed = environments.filter((environment) => {
    const faults = faultsOf(() => work(environment))
    if (faults.length > 0) console.error(`${red(bold(environment))}\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    return faults.length > 0
  })
  if (failed.length === 0) return
  throw new PlatformError(`Not as it should be: ${failed.join(', ')}.`, {
    advice:
      'Mend the faults of the file first (docs/environments.md says what each value is for), then write what follows from it: ' +
      './neotool config generate',
  })
}

const faultsOf = (work: () => readonly string[]): readonly string[] => {
  try {
    return work()
  } catch (error) {
    // A name that is no environment's is the fault of the command line.
    if (!(error instanceof PlatformError) || error.reason === 'usage') throw error
    return [error.message, ...error.logLines]
  }
}

const generate = (environment: string | undefined) =>
  forEach(namesOf(environment), (name) => {
    const written = writeDerivedFiles(checkout, readEnvironmentFile(checkout, name))
    console.log(`${bold(name)} ${written.length === 0 ? dim('all is as it was') : ''}`.trim())
    for (const path of written) console.log(`  ${path}`)
    return []
  })

const check = (environment: string | undefined) =>
  forEach(namesOf(environment), (name) => {
    const known = readEnvironmentFile(checkout, name)
    const drift = findDrift(checkout, known)
    if (drift.length === 0) console.log(`${bold(name)} ${green('is sound')}`)
    for (const example of exampleValuesIn(known)) console.log(dim(`  still an example: ${example}`))
    return drift
  })

const ARGUMENT = ['[environment]', 'local, prod, or another one of infra/environments; all, if none is given'] as const

const generateCommand = new Command('generate')
  .description(
    'write all that follows from the file of an environment: manifests, values of releases, variables of Terraform',
  )
  .argument(...ARGUMENT)
  .action(generate)

const checkCommand = new Command('check')
  .description(
    'tell every fault in the file of an environment, and every derived file that differs from what would be written',
  )
  .argument(...ARGUMENT)
  .action(check)

/** The one file of an environment, and what follows from it. */
export const configCommand = new Command('config')
  .description('check the file of an environment, and write what follows from it')
  .addCommand(generateCommand)
  .addCommand(checkCommand)
