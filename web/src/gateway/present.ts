/**
 * A field that is null only where an error says why. Whoever asks has dealt with errors already, so that null here is a
 * defect of the API: it throws.
 */
export const present = <Value>(value: Value | null | undefined): Value => {
  if (value === null || value === undefined) throw new TypeError('The API gave neither the field nor an error')
  return value
}
