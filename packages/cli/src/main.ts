/* The command `neotool`. */
import { printFailure } from './failures.ts'
import { program } from './program.ts'

// A reader that has seen enough (`neotool logs | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = printFailure(error)
}
