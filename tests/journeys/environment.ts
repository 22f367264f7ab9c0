import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The environment that the journeys take place in: a whole platform of its own, beside whatever else runs here. */
export const name = 'test'

/** Who the browser is to the identity provider that the environment knows. */
export const visitor = { email: 'visitor@provider.example', email_verified: true, name: 'Vera Visitor' }
