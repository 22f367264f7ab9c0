import { join } from 'node:path'

/** The checkout that this command belongs to, wherever it was called from. */
export const checkout: string = join(import.meta.dirname, '../../..')
