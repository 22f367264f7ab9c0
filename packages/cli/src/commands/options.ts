import { PlatformError } from '@neotool/platform/failure'
import { serviceNames } from '@neotool/platform/operations'
import { Argument, Option } from 'commander'

/** Which environment a command is about. */
export const nameOption = () =>
  new Option('--name <name>', 'the environment: one running copy of the platform')
    .default('default')
    .env('NEOTOOL_ENVIRONMENT')

/** For a command that needs an environment that was started before. */
export const noEnvironment = (name: string): PlatformError =>
  new PlatformError(`There is no environment "${name}".`, {
    reason: 'usage',
    advice: `Start it: ./neotool up${name === 'default' ? '' : ` --name ${name}`}. ./neotool status --all lists those that are there.`,
  })

/** Which service a command is about. */
export const serviceArgument = () => new Argument('<service>', 'the service').choices(serviceNames)
