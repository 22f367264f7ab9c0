import type { FormState } from '#ui/form/form-state.ts'

/** A record that is changed by version. */
export type Versioned = { readonly id: string; readonly version: number }

/** What saving a record answers its form. */
export type RecordFormState<Text, Stored, Values> = FormState<Text> & {
  readonly outcome?:
    | { readonly kind: 'saved'; readonly record: Stored }
    /** Somebody else saved first: their record, and what was entered here. */
    | { readonly kind: 'conflict'; readonly theirs: Stored; readonly mine: Values }
    | { readonly kind: 'gone' }
    | undefined
}
