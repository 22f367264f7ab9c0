import type { Failure } from '#ui/form/form-state.ts'

export type Deletion =
  | { readonly kind: 'deleted' }
  /** It was changed meanwhile: deleting it needs a second decision, on what it is now. */
  | { readonly kind: 'changed'; readonly version: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
