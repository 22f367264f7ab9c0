import { z } from 'zod'
import { type DataOf, defineEvent } from './event.ts'

/** An account was deleted by its owner: whoever keeps anything of theirs alone erases it; what others see keeps the id. */
export const accountDeletedV1 = defineEvent(
  'neotool.security.account-deleted.v1',
  'account',
  z.object({ userId: z.uuid() }),
)

export type AccountDeleted = DataOf<typeof accountDeletedV1>
