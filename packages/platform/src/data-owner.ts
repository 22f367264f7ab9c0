/*
 * PostgreSQL and PgBouncer refuse to run as root. When Neotool is started by root they run under the unprivileged
 * user `neotool`, which is made when it is missing; their data then lies outside the checkout, because a checkout
 * under /root cannot be entered by that user. For anybody else they simply run as that person.
 */
import { execa } from 'execa'
import { PlatformError } from './failure.ts'

export type User = { readonly uid: number; readonly gid: number }

const userName = 'neotool'

export const isRoot = (): boolean => process.getuid?.() === 0

const lookUp = async (): Promise<User | undefined> => {
  const { exitCode, stdout } = await execa('getent', ['passwd', userName], { reject: false })
  const [, , uid, gid] = stdout.split(':')
  return exitCode === 0 && uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** The user that data servers run as, when there is one and we are root. */
export const findDataOwner = async (): Promise<User | undefined> => (isRoot() ? lookUp() : undefined)

/** The user that data servers run as, made when it is missing; undefined when we are not root and they run as we do. */
export const ensureDataOwner = async (): Promise<User | undefined> => {
  if (!isRoot()) return undefined
  const present = await lookUp()
  if (present) return present
  const options = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ]
  const made = await execa('useradd', [...options, userName], { reject: false, all: true })
  // A failure may mean that another `up` made it in this moment, so what counts is that it is there now.
  const user = await lookUp()
  if (user) return user
  throw new PlatformError(
    `The user ${userName}, under which PostgreSQL runs, could not be made: ${made.all ?? made.message}`,
    {
      reason: 'permission',
      advice: `Make it yourself (useradd --system ${userName}), or run neotool as an ordinary user.`,
    },
  )
}

/** Fails with advice when the data owner cannot enter a directory, as is the case for everything under /root. */
export const assertReachable = async (directory: string, owner: User | undefined): Promise<void> => {
  if (!owner) return
  const { exitCode } = await execa('test', ['-x', directory], {
    uid: owner.uid,
    gid: owner.gid,
    reject: false,
    cwd: '/',
  })
  if (exitCode === 0) return
  throw new PlatformError(`The user ${userName}, under which PostgreSQL runs, may not enter ${directory}.`, {
    reason: 'permission',
    advice: 'Set NEOTOOL_CACHE to a directory that every user may enter, such as /var/cache/neotool.',
  })
}
