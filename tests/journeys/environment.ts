import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The environment that the journeys take place in: a whole platform of its own, beside whatever else runs here. */
export const name = 'test'
