import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, type User } from './neotool.ts'

/** A copy of this checkout as git would hand it out, with what is not committed yet; under a path with blanks. */
export const copyCheckout = (parent: string): string => {
  const checkout = join(parent, 'a checkout with blanks')
  mkdirSync(checkout)
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  const existing = String(files)
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)))
  const packed = execFileSync('tar', ['-C', root, '-c', '--null', '-T', '-'], {
    input: existing.join('\0'),
    maxBuffer: 256e6,
  })
  execFileSync('tar', ['-C', checkout, '-x'], { input: packed })
  return checkout
}

const linkedFolders = ['node_modules', 'packages/cli/node_modules', 'web/node_modules']

/** Gives a copy to a user, except for what it shares with this checkout. */
export const giveTo = (checkout: string, { uid, gid }: User): void => {
  const shared = linkedFolders.flatMap((folder) => ['-path', join(checkout, folder), '-prune', '-o'])
  execFileSync('find', [checkout, ...shared, '-exec', 'chown', '--no-dereference', `${uid}:${gid}`, '{}', '+'])
}

/** Gives a copy what npm installed and Next built in this checkout: by links where the disk is the same. */
export const copyInstalled = (checkout: string): void => {
  const folders = [...linkedFolders, 'web/.next']
  for (const folder of folders.filter((each) => existsSync(join(root, each)))) {
    const [from, to] = [join(root, folder), join(checkout, folder)]
    try {
      // Next's build is changed in place by the next one.
      execFileSync('cp', [folder === 'web/.next' ? '-a' : '-al', from, to], { stdio: 'ignore' })
    } catch {
      execFileSync('cp', ['-a', '--force', from, to])
    }
  }
}
