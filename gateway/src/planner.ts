import { getExecutorForUnifiedGraph, Logger as HiveLogger, LegacyLogger } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import type { Logger } from '@neotool/kit/telemetry'
import { type DocumentNode, type ExecutionResult, type GraphQLError, type GraphQLSchema, parse } from 'graphql'
import type { CallerHeaders } from './caller.ts'
import type { AskSubgraph } from './subgraph.ts'

export type PlannedOperation = {
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly caller: CallerHeaders
}

export type Planner = {
  /** The API as clients see it. */
  readonly schema: GraphQLSchema
  /** Plans, asks the subgraphs and joins; the plan lives as long as its document. Throws what is wrong with variables. */
  execute(operation: PlannedOperation): Promise<ExecutionResult>
  close(): Promise<void>
}

type Context = { readonly caller: CallerHeaders }

/**
 * Loads the supergraph into Hive's planner; throws where it cannot be served. Only planning and joining are Hive's here: its
 * server keeps the documents of a thousand operations however large they are, which a flood of them turns into gigabytes.
 */
export const createPlanner = async (
  sdl: string,
  clients: ReadonlyMap<string, AskSubgraph>,
  log: Logger,
): Promise<Planner> => {
  let schema: GraphQLSchema | undefined
  const executor = getExecutorForUnifiedGraph<Context>({
    getUnifiedGraph: () => sdl,
    handleUnifiedGraph: unifiedGraphHandler,
    onUnifiedGraphChange: (loaded) => {
      schema = loaded
    },
    transports: () => ({
      getSubgraphExecutor: ({ subgraphName }) => {
        const ask = clients.get(subgraphName)
        if (ask === undefined) throw new Error(`The planner asks for "${subgraphName}", which is not in the supergraph`)
        return async (request) => {
          const { caller } = request.context as unknown as Context
          // What the data is, only the planner knows, which wrote the question.
          return (await ask(request, caller)) as { data?: never; errors?: GraphQLError[] }
        }
      },
    }),
    transportContext: transportContext(log),
    batch: false,
  })
  const execute = async ({ document, variables, caller }: PlannedOperation): Promise<ExecutionResult> => {
    const result = await executor({ document, variables, context: { caller } })
    if (Symbol.asyncIterator in result) throw new Error('The planner gave a stream for one operation')
    return result
  }
  // The supergraph is loaded with the first operation: better now than when a client waits.
  await execute({ document: parse('{ __typename }'), variables: {}, caller: {} })
  if (schema === undefined) throw new Error('The planner did not load the supergraph')
  return { schema, execute, close: async () => executor[Symbol.asyncDispose]?.() }
}

/** Of Hive's own log only what needs attention goes to ours. */
const transportContext = (log: Logger) => {
  const hiveLog = new HiveLogger({
    level: 'warn',
    writers: [{ write: (level, attributes, message) => log[level]({ hive: attributes }, message ?? '') }],
  })
  return { log: hiveLog, logger: LegacyLogger.from(hiveLog) }
}
