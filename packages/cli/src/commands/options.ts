import { Option } from 'commander'

/** Which environment a command is about. */
export const nameOption = () =>
  new Option('--name <name>', 'the environment: one running copy of the platform')
    .default('default')
    .env('NEOTOOL_ENVIRONMENT')
