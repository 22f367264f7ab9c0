import type { Logger, Metrics, Trace } from '@neotool/kit/telemetry'
import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import type { CallerHeaders } from './caller.ts'
import { createHttpClient } from './http-client.ts'
import { createOperationReader } from './operations.ts'
import { createPlanner } from './planner.ts'
import { publicError } from './public-errors.ts'
import { subgraphClient, subgraphDurations } from './subgraph.ts'
import type { Supergraph } from './supergraph.ts'

export type Operation = {
  readonly query: string
  readonly operationName?: string | undefined
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

export type Caller = { readonly headers: CallerHeaders; readonly log: Logger; readonly trace: Trace }

export type Answer = { data?: unknown; errors?: GraphQLFormattedError[] }

export type Gateway = {
  /** Never throws: whatever goes wrong is an error in the answer, in the form that clients may see. */
  execute(operation: Operation, caller: Caller): Promise<Answer>
  close(): Promise<void>
}

type Parts = {
  readonly supergraph: Supergraph
  readonly log: Logger
  readonly metrics: Metrics
  readonly isIntrospectionOn: boolean
  readonly subgraphTimeoutMs?: number | undefined
}

/** Operations against the supergraph; throws where it cannot be served. HTTP is none of its business. */
export const createGateway = async (parts: Parts): Promise<Gateway> => {
  const { supergraph, log, metrics, isIntrospectionOn, subgraphTimeoutMs: timeoutMs } = parts
  const http = createHttpClient()
  const subgraphs = { timeoutMs, http, durations: subgraphDurations(metrics) }
  const clients = new Map(
    [...supergraph.urls].map(([name, url]) => [name, subgraphClient({ name, url, ...subgraphs })]),
  )
  const planner = await createPlanner(supergraph.sdl, clients, log)
  const readOperation = createOperationReader(planner.schema, isIntrospectionOn)
  const durations = metrics.duration('graphql_operation_duration_seconds', 'Time to answer an operation', [
    'type',
    'outcome',
  ])
  return {
    async execute({ query, operationName, variables = {} }, caller) {
      const stop = durations.startTimer({ type: 'unknown' })
      try {
        const { document, type } = readOperation(query, operationName)
        const result = await planner.execute({ document, variables, caller: caller.headers })
        const answer = toAnswer(result, caller)
        stop({ type, outcome: outcomeOf(answer) })
        return answer
      } catch (error) {
        const answer = toAnswer({ errors: errorsOf(error) }, caller)
        stop({ outcome: outcomeOf(answer) })
        return answer
      }
    },
    async close() {
      await planner.close()
      http.close()
    },
  }
}

const errorsOf = (thrown: unknown): Error[] => {
  if (thrown instanceof AggregateError) return thrown.errors.flatMap(errorsOf)
  return [thrown instanceof Error ? thrown : new Error('A value that is no error was thrown', { cause: thrown })]
}

type Result = { readonly data?: ExecutionResult['data']; readonly errors?: readonly Error[] }

const toAnswer = ({ data, errors }: Result, caller: Caller): Answer => {
  if (errors === undefined || errors.length === 0) return { data }
  const formatted = errors.map((error) => publicError(error, caller))
  // What was executed has data, if only null; what was refused has none.
  const isExecuted = data !== undefined || formatted.some(({ path }) => path !== undefined)
  return { ...(isExecuted ? { data: data ?? null } : {}), errors: formatted }
}

const outcomeOf = ({ data, errors }: Answer): 'ok' | 'partial' | 'refused' | 'failed' => {
  if (errors === undefined) return 'ok'
  if (data !== undefined && data !== null) return 'partial'
  return errors.some(({ extensions }) => /^(INTERNAL|SERVICE)/.test(String(extensions?.code))) ? 'failed' : 'refused'
}
