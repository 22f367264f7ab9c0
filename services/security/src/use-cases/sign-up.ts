import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { SignUpInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import { MEMBERS } from '../groups.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { newAccount } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = { database: Database<Tables>; users: UserStore; groups: GroupStore; passwords: PasswordHasher }

/** Opens an account in the group Members. Where the e-mail is in use nothing changes, and neither answer nor work tells. */
export const signUp =
  ({ database, users, groups, passwords }: Deps) =>
  async (input: SignUpInput): Promise<{ email: string }> => {
    const { email, password, displayName } = parseInput(newAccount, input)
    const passwordHash = await passwords.hash(password)
    await inTransaction(database, async (tx) => {
      const user = await users.insertIfNew(tx, { email, displayName, passwordHash })
      if (user === undefined) await users.pretendInsert(tx)
      else await groups.addMember(tx, MEMBERS, user.id)
    })
    return { email }
  }
