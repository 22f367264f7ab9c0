type Value = string | number

export type Versions<Values> = { readonly before: Values; readonly theirs: Values; readonly mine: Values }

export type FieldConflict<Field extends string> = {
  readonly field: Field
  readonly before: Value
  readonly theirs: Value
  readonly mine: Value
  /** Both changed it, to different things: only one can stay. */
  readonly isContested: boolean
}

/** The fields in which the stored record and the entered one differ, in the order given. */
export const conflicts = <Field extends string>(
  fields: readonly Field[],
  { before, theirs, mine }: Versions<Readonly<Record<Field, Value>>>,
): FieldConflict<Field>[] =>
  fields
    .filter((field) => theirs[field] !== mine[field])
    .map((field) => ({
      field,
      before: before[field],
      theirs: theirs[field],
      mine: mine[field],
      isContested: theirs[field] !== before[field] && mine[field] !== before[field],
    }))

/** My changes on top of theirs: what I left alone keeps the value that they gave it. */
export const applyMine = <Values extends Readonly<Record<string, Value>>>(
  fields: readonly (keyof Values)[],
  { before, theirs, mine }: Versions<Values>,
): Values => {
  const changed = fields.filter((field) => mine[field] !== before[field])
  return { ...theirs, ...Object.fromEntries(changed.map((field) => [field, mine[field]])) }
}
