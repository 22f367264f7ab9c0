import { z } from 'zod'
import type { ServiceComponent } from './components/service.ts'
import type { Environment } from './environment.ts'

export type Administrator = { readonly email: string; readonly password: string }

const seededAdministrator = z.object({ userId: z.string(), email: z.string(), password: z.string().nullable() })

/** Has security make its first administrator; the password is null when there was one already. */
export const seedAdministrator = async (security: ServiceComponent, environment: Environment, signal: AbortSignal) =>
  seededAdministrator.parse(JSON.parse(await security.runOperation(environment, 'seed-administrator', [], signal)))

/** Has app make a catalogue in the user's name, unless it has products. */
export const seedCatalogue = async (
  app: ServiceComponent,
  environment: Environment,
  userId: string,
  signal: AbortSignal,
) => void (await app.runOperation(environment, 'seed-catalogue', [userId], signal))
