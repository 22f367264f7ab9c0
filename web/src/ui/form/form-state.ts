import type { Problem } from '#gateway/problem.ts'

/** A field's name with what is wrong about it, ready to be read. */
export type FieldErrors<Values> = { readonly [Field in keyof Values]?: string | undefined }

/** What a person may learn about a failure; nothing else of a problem leaves the server. */
export type Failure = Pick<Problem, 'code'> & {
  /** Absent where the request did not reach us. */
  readonly traceId: string | undefined
  readonly message: string
}

/** What a form's action answers. `values` are what was entered, so that the form keeps them; passwords are left out. */
export type FormState<Values> = {
  readonly values?: Partial<Values> | undefined
  readonly errors?: FieldErrors<Values> | undefined
  readonly failure?: Failure | undefined
}
