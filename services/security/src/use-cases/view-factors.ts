import { forbidden } from '@neotool/kit/errors'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { FactorStore } from '../factor-store.ts'
import { type Factors, factorsOf } from '../factors.ts'
import type { PasskeyStore } from '../passkey-store.ts'
import type { SeenUser } from '../user.ts'

type Deps = { readonly database: Database<Tables>; readonly factors: FactorStore; readonly passkeys: PasskeyStore }

/** The factors of the viewer's own account; nobody else's, whatever they hold: it would tell whom to attack. */
export const viewFactors =
  (deps: Deps) =>
  ({ user, viewer }: SeenUser): Promise<Factors> => {
    if (viewer.kind !== 'user' || viewer.id !== user.id)
      throw forbidden('Only its owner sees the factors of an account.')
    return factorsOf(deps.database, deps, user.id)
  }
