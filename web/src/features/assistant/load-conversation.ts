import 'server-only'
import { cache } from 'react'
import { query } from '#session/query.ts'
import { loadRecord } from '#ui/record/load-record.ts'
import { conversationQuery } from './conversation-operations.ts'

// About as much as somebody scrolls through; what is older has a page of its own.
const SHOWN = 50

/** The viewer's own conversation with its newest messages, or those before a cursor; leaves by the 404 page. */
export const loadConversation = cache((id: string, before: string | undefined) =>
  loadRecord(async () => (await query(conversationQuery, { id, last: SHOWN, before: before ?? null })).conversation),
)
