import { config } from '#config.ts'

/** Ends the process with every fault on stderr when the configuration is wrong. */
export const checkConfig = (): void => {
  try {
    config()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
