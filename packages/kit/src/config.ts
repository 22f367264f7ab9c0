import { isIP } from 'node:net'
import { z } from 'zod'

/** A value that must not be printed: logs, JSON and string templates show `[secret]`; only `reveal` gives it. */
export class Secret {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}

/** The settings are wrong; the message lists every fault by the name of its variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export const port = z.coerce.number().int().min(0).max(65_535)
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
export const secret = z
  .string()
  .min(1)
  .transform((text) => new Secret(text))
export const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/[^@/]+@[^/]+\/[^/?]+/, 'must look like postgres://role:password@host:port/database')
  .transform((text) => new Secret(text))
/** 32 random bytes in base64, kept secret. */
export const key256 = z
  .base64('must be 32 bytes in base64')
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
  .pipe(secret)
export const kafkaBrokers = z
  .string()
  .regex(/^[\w.-]+:\d+(,[\w.-]+:\d+)*$/, 'must be host:port, or several separated by commas')
  .transform((text) => text.split(','))

/** Addresses and networks, `10.0.0.0/8`, with commas between them. */
export const networks = z
  .string()
  .transform((text) => text.split(',').flatMap((network) => network.trim() || []))
  .refine((list) => list.every(isNetwork), 'must be addresses or networks with commas between them, such as 10.0.0.0/8')

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  return version !== 0 && rest.length === 0 && (bits === undefined || isPrefixLength(bits, version === 4 ? 32 : 128))
}

const isPrefixLength = (text: string, most: number): boolean => /^\d{1,3}$/.test(text) && Number(text) <= most

/** Names of fields of the API, with commas between them. */
export const fieldNames = z
  .string()
  .transform((text) => text.split(',').flatMap((name) => name.trim() || []))
  .refine((names) => names.every((name) => /^[a-z]\w*$/i.test(name)), 'must be names with commas between them')

/**
 * For how long a server that was told to stop is unready and still answers. Where clients find it by a load balancer, they
 * must hear of it first; they get `connection: close` meanwhile. It counts into the 25 s that stopping may take.
 */
export const drainSeconds = z.coerce.number().int().min(0).max(15).default(0)

/** The settings that every service has, named without its prefix. */
export const serviceSettings = {
  HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  HTTP_PORT: port,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  INTROSPECTION: flag.default(false),
  POSTGRES_URL: postgresUrl,
  POSTGRES_DIRECT_URL: postgresUrl,
  KAFKA_BROKERS: kafkaBrokers,
  TOKEN_ISSUER: z.url(),
  TOKEN_AUDIENCE: z.string().min(1),
  VERIFIED_EMAIL_MUTATIONS: fieldNames.default([]),
  DRAIN_SECONDS: drainSeconds,
} as const

/**
 * Reads the variables that start with `PREFIX_` against a schema whose keys have no prefix. Throws one ConfigError that
 * lists all faults, unknown variables with the prefix among them, so that a misspelt setting cannot be ignored silently.
 */
export const loadSettings = <Shape extends z.ZodRawShape>(
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
  shape: Shape,
): z.output<z.ZodObject<Shape>> => {
  const own = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(`${prefix}_`) && value !== undefined ? [[name.slice(prefix.length + 1), value] as const] : [],
  )
  const parsed = z.strictObject(shape).safeParse(Object.fromEntries(own))
  if (parsed.success) return parsed.data as z.output<z.ZodObject<Shape>>
  const faults = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${prefix}_${key}: there is no such setting`)
      : [`${prefix}_${issue.path.join('_')}: ${isMissing(issue) ? 'is not set' : issue.message}`],
  )
  throw new ConfigError(`The settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
}

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined
