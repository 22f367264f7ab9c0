import type { FailureReason } from '@neotool/platform/failure'

type ExitCode = { readonly code: number; readonly meaning: string }

/** Every exit code of `neotool`, by its reason. The shell script `neotool` and the README of this package use the same. */
export const exitCodes: Readonly<Record<'done' | FailureReason | 'interrupted', ExitCode>> = {
  done: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'it failed: a part, a check, a migration; the message says which' },
  usage: { code: 2, meaning: 'the command line is wrong, and nothing was done' },
  prerequisite: { code: 3, meaning: 'a program that Neotool needs is missing or too old' },
  port: { code: 4, meaning: 'another program listens on a port that a part needs' },
  disk: { code: 5, meaning: 'a disk is full' },
  permission: { code: 6, meaning: 'a file or directory may not be read or written' },
  download: { code: 7, meaning: 'a registry could not be reached, or what came is not what is locked' },
  interrupted: { code: 130, meaning: 'interrupted by Ctrl-C or SIGTERM' },
}

/** The table at the end of `neotool help`. */
export const exitCodesHelp = (): string =>
  ['Exit codes:', ...Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(5)}${meaning}`)].join(
    '\n',
  )
