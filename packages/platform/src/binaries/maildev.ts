import { join } from 'node:path'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { installLocked } from './npm.ts'

const lockedPackage = join(import.meta.dirname, '../../binaries/maildev')

/** MailDev from npm, apart from what the platform itself is made of; the version is the one of binaries/maildev/package-lock.json. */
export const maildevBinaries: Binaries = {
  title: 'MailDev',
  name: 'maildev',
  version: '3.0.0',
  install: (directory, _progress, signal) => installLocked(lockedPackage, directory, { signal }),
}

export const maildevProgram = (): string =>
  join(binariesDirectory(maildevBinaries), 'node_modules/maildev/dist/bin/maildev.js')
