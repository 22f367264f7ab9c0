import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { runCommand } from '../run-command.ts'

const lockedPackage = join(import.meta.dirname, '../../binaries/maildev')

/** MailDev from npm, apart from what the platform itself is made of; the version is the one of binaries/maildev/package-lock.json. */
export const maildevBinaries: Binaries = {
  title: 'MailDev',
  name: 'maildev',
  version: '3.0.0',
  async install(directory, _progress, signal) {
    for (const file of ['package.json', 'package-lock.json'])
      await copyFile(join(lockedPackage, file), join(directory, file))
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    await runCommand('npm', ['ci', ...options], { cwd: directory, signal })
  },
}

export const maildevProgram = (): string =>
  join(binariesDirectory(maildevBinaries), 'node_modules/maildev/dist/bin/maildev.js')
