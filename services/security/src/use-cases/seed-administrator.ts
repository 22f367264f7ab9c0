import { randomBytes } from 'node:crypto'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { GroupStore } from '../group-store.ts'
import { ADMINISTRATORS } from '../groups.ts'
import { chosenPassword } from '../password.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import type { UserId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = { database: Database<Tables>; users: UserStore; groups: GroupStore; passwords: PasswordHasher }

const EMAIL = 'admin@neotool.example'
const PASSWORD_BYTES = 18

/**
 * Makes the first administrator with the given password or a random one. Where there is an administrator already it changes
 * nothing, and the answer has a password only if the given one is theirs: whoever was interrupted may ask again. Throws where somebody else took the e-mail: promoting an
 * account that a stranger can have opened would give them everything.
 */
export const seedAdministrator =
  ({ database, users, groups, passwords }: Deps) =>
  async (given?: string): Promise<{ userId: UserId; email: string; password: string | null }> => {
    const password = chosenPassword.parse(given ?? randomBytes(PASSWORD_BYTES).toString('base64url'))
    const passwordHash = await passwords.hash(password)
    const isTheirs = async (email: string): Promise<boolean> =>
      (await passwords.verify(password, (await users.findWithHash(database, { email }))?.passwordHash)).isRight
    const { user, isNew } = await inTransaction(database, async (tx) => {
      await groups.lock(tx, ADMINISTRATORS)
      const existing = await groups.findFirstMember(tx, ADMINISTRATORS)
      if (existing !== undefined) {
        const [user] = await users.loadMany(tx, [existing])
        return { user: user ?? { id: existing, email: EMAIL }, isNew: false }
      }
      const user = await users.insertIfNew(tx, {
        email: EMAIL,
        displayName: 'Administrator',
        passwordHash,
        locale: 'en',
      })
      if (user === undefined) {
        throw new Error(`${EMAIL} is an account without administrator's rights. Delete or rename it, then seed again.`)
      }
      await groups.addMember(tx, ADMINISTRATORS, user.id)
      return { user, isNew: true }
    })
    const isKnown = isNew || (given !== undefined && (await isTheirs(user.email)))
    return { userId: user.id, email: user.email, password: isKnown ? password : null }
  }
