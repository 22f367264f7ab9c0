import { maildevBinaries, maildevProgram } from '../binaries/maildev.ts'
import { type Component, httpUrl, portOf } from '../component.ts'
import type { Environment } from '../environment.ts'
import { probeHttp } from '../probe.ts'
import { fetching } from './fetching.ts'

export type MaildevComponent = Component & { smtpUrl(environment: Environment): string }

// What it needs beside the mails themselves; they are kept in memory, so only so many.
const heapLimitMb = 128
const keptMails = 500

/** A mail server that delivers nothing: every mail is on its web page, until it stops. */
export const maildevComponent = (): MaildevComponent => {
  const component = { name: 'maildev' }
  const smtp = { name: 'maildev-smtp', port: { from: 1025 } }
  return {
    ...component,
    port: { from: 1080 },
    morePorts: [smtp],
    dependsOn: [],
    preparations: [fetching(maildevBinaries.title, async () => maildevBinaries)],
    sources: ['packages/platform/binaries/maildev'],
    readyWithinMs: 60_000,
    // Not localhost: browsers would send it the cookies of the web.
    url: (environment) => httpUrl(environment, component),
    smtpUrl: (environment) => `smtp://127.0.0.1:${portOf(environment, smtp)}`,
    launch: async (environment) => ({
      command: process.execPath,
      args: [
        `--max-old-space-size=${heapLimitMb}`,
        maildevProgram(),
        ...['--ip', '127.0.0.1', '--smtp', String(portOf(environment, smtp))],
        ...['--web-ip', '127.0.0.1', '--web', String(portOf(environment, component))],
        ...['--max-emails', String(keptMails)],
      ],
      cwd: environment.directory,
      env: {},
      user: 'person',
      stopSignal: 'SIGTERM',
      graceMs: 10_000,
    }),
    probe: (environment) => probeHttp(`${httpUrl(environment, component)}/api/healthz`),
  }
}
