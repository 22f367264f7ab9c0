import { emailVerificationStore } from './email-verification-store.ts'
import { groupStore } from './group-store.ts'
import { sentMailStore } from './sent-mail-store.ts'
import { sessionStore } from './session-store.ts'
import { userStore } from './user-store.ts'

/** All SQL of the security service, by what it is about. */
export const stores = {
  users: userStore,
  groups: groupStore,
  sessions: sessionStore,
  emailVerifications: emailVerificationStore,
  sentMails: sentMailStore,
} as const

export type Stores = typeof stores
