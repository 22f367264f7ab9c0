import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root, type User } from './neotool.ts'

/** The names of files that a git command lists, one after the other with NUL between them. */
const listed = (...args: readonly string[]): string[] =>
  execFileSync('git', [...args, '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 64e6 })
    .split('\0')
    .filter(Boolean)

const unpack = (checkout: string, archive: Buffer) => execFileSync('tar', ['-C', checkout, '-x'], { input: archive })

/** The files of this checkout as git would hand them out, with what is not committed yet. */
const ownFiles = () =>
  listed('ls-files', '--cached', '--others', '--exclude-standard').filter((file) => existsSync(join(root, file)))

const makeFolder = (parent: string): string => {
  const checkout = join(parent, 'a checkout with blanks')
  mkdirSync(checkout)
  return checkout
}

const copyOwnFiles = (checkout: string) => {
  const options = { input: ownFiles().join('\0'), maxBuffer: 256e6 }
  unpack(checkout, execFileSync('tar', ['-C', root, '-c', '--null', '-T', '-'], options))
}

/** A copy of this checkout, under a path with blanks. */
export const copyCheckout = (parent: string): string => {
  const checkout = makeFolder(parent)
  copyOwnFiles(checkout)
  return checkout
}

/** Whether git can hand a commit out; a clone of limited depth has the latest ones only. */
export const isInClone = (commit: string): boolean => {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A copy of the checkout as it was at a commit. */
export const copyCommit = (parent: string, commit: string): string => {
  const checkout = makeFolder(parent)
  unpack(checkout, execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 256e6 }))
  return checkout
}

/** Replaces the files of a commit by those of this checkout, as `git pull` would: what git does not know of stays. */
export const pullInto = (checkout: string, commit: string): void => {
  const kept = new Set(ownFiles())
  const gone = listed('ls-tree', '-r', '--name-only', commit).filter((file) => !kept.has(file))
  for (const file of gone) rmSync(join(checkout, file))
  copyOwnFiles(checkout)
}

const linkedFolders = ['node_modules', 'packages/cli/node_modules', 'web/node_modules']

/** Gives a copy to a user, except for what it shares with this checkout. */
export const giveTo = (checkout: string, { uid, gid }: User): void => {
  const shared = linkedFolders.flatMap((folder) => ['-path', join(checkout, folder), '-prune', '-o'])
  execFileSync('find', [checkout, ...shared, '-exec', 'chown', '--no-dereference', `${uid}:${gid}`, '{}', '+'])
}

/** Whether npm would install the same into a copy as into this checkout. */
export const hasOwnLockFile = (checkout: string): boolean =>
  readFileSync(join(checkout, 'package-lock.json')).equals(readFileSync(join(root, 'package-lock.json')))

/** Gives a copy what npm installed and Next built in this checkout: by links where the disk is the same. */
export const copyInstalled = (checkout: string): void => {
  const folders = [...linkedFolders, 'web/.next']
  for (const folder of folders) rmSync(join(checkout, folder), { recursive: true, force: true })
  for (const folder of folders.filter((each) => existsSync(join(root, each)))) {
    const [from, to] = [join(root, folder), join(checkout, folder)]
    try {
      // Next's build is changed in place by the next one.
      execFileSync('cp', [folder === 'web/.next' ? '-a' : '-al', from, to], { stdio: 'ignore' })
    } catch {
      // Another file system, or what Node caches there has changed meanwhile.
      rmSync(to, { recursive: true, force: true })
      execFileSync('cp', ['-a', from, to])
    }
  }
}

/** Where the binaries are that this suite starts. */
export const ownCache: string =
  process.env.NEOTOOL_CACHE ||
  (process.getuid?.() === 0 ? '/var/cache/neotool' : join(process.env.HOME ?? '', '.cache/neotool'))

/** Makes a cache that has all but some binaries; what is fetched into it stays out of the one that it is made from. */
export const linkCache = (cache: string, { without = [] }: { without?: readonly string[] } = {}): string => {
  mkdirSync(cache, { recursive: true })
  for (const entry of readdirSync(ownCache)) {
    if (without.some((prefix) => entry.startsWith(prefix)) || /\.(lock|partial-\w+)$/.test(entry)) continue
    symlinkSync(join(ownCache, entry), join(cache, entry))
  }
  return cache
}
