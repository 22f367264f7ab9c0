import { randomBytes } from 'node:crypto'
import { type Logger, pino, stdSerializers } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type { Logger } from 'pino'

// Paths that could carry a secret if somebody logged a whole request or a whole set of settings.
const REDACTED = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  '*.password',
  '*.token',
  '*.accessToken',
  '*.refreshToken',
  '*.authorization',
  'headers.cookie',
  '*.headers.authorization',
  '*.headers.cookie',
]

/** A logger that writes one JSON object a line to standard output; level and time are readable words. */
export const createLogger = ({ service, level }: { service: string; level: string }): Logger =>
  pino({
    level,
    base: { service },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: stdSerializers.errWithCause, error: stdSerializers.errWithCause },
  })

export type Metrics = {
  readonly registry: Registry
  counter<Label extends string>(name: string, help: string, labels: readonly Label[]): Counter<Label>
  /** Asked at each scrape; where the answer cannot be had, the series is NaN rather than stale. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void
  labelledGauge<Label extends string>(name: string, help: string, labels: readonly Label[]): Gauge<Label>
  /** Buckets in seconds, fit for calls of 1 ms to 10 s. */
  duration<Label extends string>(name: string, help: string, labels: readonly Label[]): Histogram<Label>
}

/** A registry of its own with Node's default metrics; every name gets the prefix `neotool_<service>_`. */
export const createMetrics = (service: string): Metrics => {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const full = (name: string) => `neotool_${service}_${name}`
  return {
    registry,
    counter: (name, help, labels) =>
      new Counter({ name: full(name), help, labelNames: [...labels], registers: [registry] }),
    gauge: (name, help, read) => {
      new Gauge({
        name: full(name),
        help,
        registers: [registry],
        async collect() {
          this.set(
            await Promise.resolve()
              .then(read)
              .catch(() => Number.NaN),
          )
        },
      })
    },
    labelledGauge: (name, help, labels) =>
      new Gauge({ name: full(name), help, labelNames: [...labels], registers: [registry] }),
    duration: (name, help, labels) =>
      new Histogram({
        name: full(name),
        help,
        labelNames: [...labels],
        registers: [registry],
        buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      }),
  }
}

/** Where we are in one user action: the trace is shared by all that serve it, the span is ours. W3C Trace Context. */
export type Trace = { readonly traceId: string; readonly spanId: string; readonly flags: string }

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** Continues the trace of a `traceparent` header with a span of our own, or begins one where it is absent or malformed. */
export const continueTrace = (traceparent: string | undefined): Trace => {
  const match = TRACEPARENT.exec(traceparent ?? '')
  const traceId = match?.[1]
  const isGiven = traceId !== undefined && !/^0+$/.test(traceId)
  return {
    traceId: isGiven ? traceId : randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    flags: isGiven ? (match?.[3] ?? '00') : '00',
  }
}

/** The `traceparent` header that carries a trace on to whom we call. */
export const toTraceparent = ({ traceId, spanId, flags }: Trace): string => `00-${traceId}-${spanId}-${flags}`
