import { type Database, inTransaction } from '@neotool/kit/postgres'
import { publishVersion } from '../activate-version.ts'
import type { Tables } from '../database.ts'
import type { PolicyVersionStore } from '../policy-version-store.ts'

type Deps = { database: Database<Tables>; policyVersions: PolicyVersionStore }

/** Publishes the active version once more, at each start: a topic that was lost or set back must not bring old rules back. */
export const publishActivePolicy =
  ({ database, policyVersions }: Deps) =>
  (): Promise<void> =>
    inTransaction(database, async (tx) => {
      await policyVersions.lock(tx)
      const active = await policyVersions.findActive(tx)
      if (active !== undefined) await publishVersion(tx, active)
    })
