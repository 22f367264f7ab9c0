import { AppError } from '@neotool/kit/errors'
import { DEFAULT_LIMITS, limitRule } from '@neotool/kit/graphql-limits'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'

export type ReadOperation = { readonly document: DocumentNode; readonly type: OperationTypeNode }

// An application has some hundred operations of some hundred characters. A document and its plan take about fifty times
// its text, so both bounds are needed: whoever sends a new large operation each time must not fill the memory.
const KEPT_OPERATIONS = 1_000
const KEPT_CHARACTERS = 500_000
/** A longer one is not kept, so that it cannot push a hundred others out. */
const LONGEST_KEPT = 10_000

/**
 * Turns the text of an operation into a document that may be executed, or throws all that is wrong with it. The limits are
 * kit's, as in each subgraph: here they are met before anything is planned or asked.
 */
export const createOperationReader = (schema: GraphQLSchema, isIntrospectionOn: boolean) => {
  // The cheap ones first and alone: what is too large is refused before the rules that compare fields with each other.
  const passes = [
    [limitRule(DEFAULT_LIMITS), knownRootRule, ...(isIntrospectionOn ? [] : [NoSchemaIntrospectionCustomRule])],
    specifiedRules,
  ]
  const kept = new Map<string, DocumentNode>()
  let keptCharacters = 0

  const keep = (query: string, document: DocumentNode) => {
    if (query.length > LONGEST_KEPT) return
    kept.set(query, document)
    keptCharacters += query.length
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_OPERATIONS && keptCharacters <= KEPT_CHARACTERS) break
      kept.delete(oldest)
      keptCharacters -= oldest.length
    }
  }
  const documentOf = (query: string): DocumentNode => {
    const known = kept.get(query)
    if (known !== undefined) {
      // A Map remembers the order of insertion: the one used last goes to the end.
      kept.delete(query)
      kept.set(query, known)
      return known
    }
    const document = parse(query, { maxTokens: DEFAULT_LIMITS.maxTokens })
    for (const rules of passes) {
      const errors = validate(schema, document, rules, { maxErrors: 20 })
      if (errors.length > 0) throw new AggregateError(errors)
    }
    keep(query, document)
    return document
  }

  return (query: string, operationName: string | undefined): ReadOperation => {
    const document = documentOf(query)
    const operation = getOperationAST(document, operationName)
    if (operation) return { document, type: operation.operation }
    const message = `There is no operation "${operationName ?? ''}" in the text.`
    throw new AppError({ kind: 'invalid', reason: 'OPERATION_INVALID', message })
  }
}

/** graphql-js lets a subscription pass where the schema has none; the planner then fails over it. */
const knownRootRule: ValidationRule = (context) => ({
  OperationDefinition({ operation }) {
    if (context.getSchema().getRootType(operation)) return
    context.reportError(new GraphQLError(`There is no ${operation} in this API.`))
  },
})
