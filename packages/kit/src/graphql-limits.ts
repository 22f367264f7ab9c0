/**
 * What one operation may ask for, as validation rules: they run before anything is executed, and an unlicensed Apollo Router
 * enforces none of its own, so every subgraph holds them itself. The parser's token limit comes before them and bounds
 * their own work.
 */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

export type GraphqlLimits = {
  readonly maxTokens: number
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxRootFields: number
  /** Fields, each counted as often as the pages above it may repeat it. */
  readonly maxCost: number
}

// The widest query of our own web app stays below a fifth of each.
export const DEFAULT_LIMITS: GraphqlLimits = {
  maxTokens: 2_000,
  maxDepth: 12,
  maxAliases: 30,
  maxRootFields: 20,
  maxCost: 25_000,
}

/** A page whose size is a variable is counted as the largest one allowed. */
const LARGEST_PAGE = 100

type Measure = { readonly depth: number; readonly aliases: number; readonly cost: number }
const NOTHING: Measure = { depth: 0, aliases: 0, cost: 0 }

/** Refuses operations that are too deep, too wide or too costly, and documents that hold several. */
export const limitRule =
  (limits: GraphqlLimits): ValidationRule =>
  (context) => {
    const measured = new Map<string, Measure | 'open'>()
    const measureFragment = (fragment: FragmentDefinitionNode): Measure => {
      const name = fragment.name.value
      const known = measured.get(name)
      // A cycle is another rule's error; here it must only end.
      if (known === 'open') return NOTHING
      if (known !== undefined) return known
      measured.set(name, 'open')
      const measure = measureSelections(fragment.selectionSet)
      measured.set(name, measure)
      return measure
    }
    const measureSelections = ({ selections }: SelectionSetNode): Measure => {
      let [depth, aliases, cost] = [0, 0, 0]
      for (const selection of selections) {
        const inner =
          selection.kind === Kind.FIELD
            ? measureField(selection)
            : selection.kind === Kind.INLINE_FRAGMENT
              ? measureSelections(selection.selectionSet)
              : measureSpread(context, selection.name.value)
        depth = Math.max(depth, inner.depth)
        aliases += inner.aliases
        cost += inner.cost
      }
      return { depth, aliases, cost }
    }
    const measureSpread = (where: ValidationContext, name: string): Measure => {
      const fragment = where.getFragment(name)
      return fragment ? measureFragment(fragment) : NOTHING
    }
    const measureField = (field: FieldNode): Measure => {
      const inner = field.selectionSet ? measureSelections(field.selectionSet) : NOTHING
      return {
        depth: inner.depth + 1,
        aliases: inner.aliases + (field.alias ? 1 : 0),
        cost: 1 + inner.cost * pageSize(field),
      }
    }
    return {
      Document(document) {
        const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
        // Compiled queries are kept by their text: a text with two operations would run whichever came first.
        if (operations.length > 1) report(context, `Send one operation at a time, not ${operations.length}.`)
      },
      OperationDefinition(operation) {
        const roots = operation.selectionSet.selections.length
        const { depth, aliases, cost } = measureSelections(operation.selectionSet)
        const facts: readonly (readonly [string, number, number])[] = [
          ['fields at its root', roots, limits.maxRootFields],
          ['levels', depth, limits.maxDepth],
          ['aliases', aliases, limits.maxAliases],
          ['cost', cost, limits.maxCost],
        ]
        for (const [what, value, most] of facts) {
          if (value > most) report(context, `The operation is too large: ${what} ${value}, at most ${most}.`)
        }
      },
    }
  }

const pageSize = (field: FieldNode): number => {
  const sizes = (field.arguments ?? []).flatMap(({ name, value }) => {
    if (name.value !== 'first' && name.value !== 'last') return []
    return [value.kind === Kind.INT ? Math.min(Math.abs(Number(value.value)), LARGEST_PAGE) : LARGEST_PAGE]
  })
  return Math.max(1, ...sizes)
}

/** Where introspection is off, `_service` is too: it answers with the same schema as text. */
export const noServiceSdlRule: ValidationRule = (context) => ({
  Field(field) {
    if (field.name.value === '_service') report(context, 'Introspection is switched off.')
  },
})

const report = (context: ValidationContext, message: string): void => context.reportError(new GraphQLError(message))
