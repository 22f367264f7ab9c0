import { expect } from 'vitest'

export const TRACE_ID = expect.stringMatching(/^[0-9a-f]{32}$/)

/** Fails a field as the services do: with what clients may know of it in `extensions`. */
export const failWith = (message: string, extensions: object) => () => {
  throw Object.assign(new Error(message), { extensions })
}

/** What a client learns where a service gave no answer. */
export const unavailable = (service: string, reason = 'SERVICE_UNREACHABLE') => ({
  message: expect.stringContaining(`The ${service} service`),
  extensions: { code: 'SERVICE_UNAVAILABLE', reason, service, traceId: TRACE_ID },
})
