import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { json } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

export type HttpClient = {
  /** The JSON that a POST is answered with, whatever the status; throws where there is none, and a TimeoutError when late. */
  postJson(url: string, headers: Readonly<Record<string, string>>, body: unknown, timeoutMs: number): Promise<unknown>
  close(): void
}

// Shorter than the time for which a service that stops still answers (`DRAIN_SECONDS` of kit): by its end each connection has
// either been told to close or is gone, so that no request is written into one that the service has just closed.
const IDLE_MS = 3_000

// A node may send a new connection to a pod that has just gone, and the next one to another. Not for long: a service that is
// down costs each operation this time.
const AGAIN_AFTER_MS: readonly number[] = [100, 400]

/**
 * Keeps connections open between requests, for three seconds. A request for which no connection could be made is sent again,
 * twice. Not `fetch`: that takes twice the processor time, which is the gateway's throughput, and adds headers of its own.
 */
export const createHttpClient = ({ idleMs = IDLE_MS, againAfterMs = AGAIN_AFTER_MS } = {}): HttpClient => {
  const options = { keepAlive: true, timeout: idleMs }
  const http = new HttpAgent(options)
  const https = new HttpsAgent(options)
  const post = async (
    url: string,
    headers: Readonly<Record<string, string>>,
    text: string,
    signal: AbortSignal,
  ): Promise<unknown> => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      signal,
    }
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const request = url.startsWith('https:')
      ? httpsRequest(url, { ...options, agent: https }, resolve)
      : httpRequest(url, { ...options, agent: http }, resolve)
    request.on('error', reject).end(text)
    return json(await promise)
  }
  return {
    async postJson(url, headers, body, timeoutMs) {
      const text = JSON.stringify(body)
      const signal = AbortSignal.timeout(timeoutMs)
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await post(url, headers, text, signal)
        } catch (error) {
          const pauseMs = againAfterMs[attempt]
          if (pauseMs === undefined || !isUnsent(error)) throw signal.aborted ? signal.reason : error
          await delay(pauseMs, undefined, { signal }).catch(() => {})
        }
        signal.throwIfAborted()
      }
    },
    close() {
      http.destroy()
      https.destroy()
    },
  }
}

/** Whether it failed before there was a connection: then nobody has seen the request, and even a mutation happens once. */
const isUnsent = (error: unknown): boolean => {
  // One failure for each address of a name.
  if (error instanceof AggregateError) return error.errors.every(isUnsent)
  return (
    error instanceof Error && 'syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')
  )
}
