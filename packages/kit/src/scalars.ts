import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const parseInstant = (value: unknown): Date => {
  const instant = typeof value === 'string' ? new Date(value) : undefined
  // Date accepts much more than ISO 8601, such as "1"; what it reads must be what was written.
  if (
    instant === undefined ||
    Number.isNaN(instant.getTime()) ||
    !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(String(value))
  ) {
    throw new GraphQLError(`${JSON.stringify(value)} is not an instant such as 2026-01-31T12:00:00.000Z`)
  }
  return instant
}

/** The DateTime scalar: a Date inside, ISO 8601 in UTC outside. */
export const dateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => {
    if (!(value instanceof Date)) throw new TypeError(`DateTime is a Date, not ${typeof value}`)
    return value.toISOString()
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
})
