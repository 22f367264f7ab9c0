import { z } from 'zod'
import type { ServiceComponent } from './components/service.ts'
import { type Environment, forgetSecret, markSeeded } from './environment.ts'

export type Administrator = { readonly email: string; readonly password: string }

const seededAdministrator = z.object({ userId: z.string(), email: z.string(), password: z.string().nullable() })

// Kept from before there is an administrator until the password was shown: an `up` that is killed in between must not lose it.
const unshownPassword = 'administrator password, not yet shown'

/** Has security make its first administrator; the password is null when there was one already, with another password. */
export const seedAdministrator = async (security: ServiceComponent, environment: Environment, signal: AbortSignal) => {
  const password = Buffer.from(environment.secret(unshownPassword), 'base64').subarray(0, 18).toString('base64url')
  const env = { ADMINISTRATOR_PASSWORD: password }
  const answer = await security.runOperation(environment, 'seed-administrator', { env, signal })
  return seededAdministrator.parse(JSON.parse(answer))
}

/** Has app make a catalogue in the user's name, unless it has products. */
export const seedCatalogue = async (
  app: ServiceComponent,
  environment: Environment,
  userId: string,
  signal: AbortSignal,
) => void (await app.runOperation(environment, 'seed-catalogue', { args: [userId], signal }))

/** To be called once the administrator's password was shown; until then each start seeds again, and answers it again. */
export const finishSeeding = (environment: Environment): void => {
  forgetSecret(environment, unshownPassword)
  markSeeded(environment)
}
