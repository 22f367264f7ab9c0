import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { type ClientHeaders, clientHeaders } from './client-headers.ts'
import { HEADER } from './header-names.ts'
import { newSpan, traceIdOf } from './trace.ts'

/** The id of the trace that proxy.ts began for this request. */
export const requestTraceId = cache(
  async (): Promise<string> => traceIdOf((await headers()).get(HEADER.traceparent)) ?? newSpan().traceId,
)

/** For whom the gateway is asked, all but the access token. */
export const requestCaller = async (): Promise<{ traceId: string; client: ClientHeaders }> => ({
  traceId: await requestTraceId(),
  client: clientHeaders(await headers()),
})

/** Path and query of the page that is asked for. */
export const requestPath = async (): Promise<string> => (await headers()).get(HEADER.path) ?? '/'

/** What scripts and styles of this page must carry to be let through by its Content-Security-Policy. */
export const requestNonce = async (): Promise<string> => (await headers()).get(HEADER.nonce) ?? ''
