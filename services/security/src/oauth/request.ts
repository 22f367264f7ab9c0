import type { Caller } from '@neotool/kit/caller'
import type { Form } from './form.ts'

/** What an OAuth client sends: the form, and the Authorization header that may say who it is. */
export type OAuthRequest = Pick<Caller, 'trace' | 'client'> & {
  readonly authorization: string | undefined
  readonly form: Form
}
