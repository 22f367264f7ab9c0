import { setTimeout as delay } from 'node:timers/promises'
import { createAudit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import { ConfigError } from '@neotool/kit/config'
import { AppError } from '@neotool/kit/errors'
import { inTransaction, openDatabase } from '@neotool/kit/postgres'
import { runMain } from '@neotool/kit/shutdown'
import { continueTrace, createLogger, createMetrics } from '@neotool/kit/telemetry'
import { type Config, loadConfig } from '../config.ts'
import type { Tables } from '../database.ts'
import type { KeyManager } from '../key-manager.ts'
import type { KeyFacts } from '../key-ring.ts'
import { openConfiguredKeyManager } from '../key-settings.ts'

const USAGE = 'Usage: keys.ts list | rotate | retire [<kid> [--compromised]]'

// Standard output is for the one line alone.
const log = createLogger({ service: 'security', level: 'silent' })

/**
 * Lists, rotates or retires the signing keys and prints what they are then, in JSON. Running servers follow within seconds.
 * A rotation soon after another one waits until the next key may sign.
 */
runMain(async () => {
  const config = loadConfig(process.env)
  const [command, ...args] = process.argv.slice(2)
  const keyManager = await openConfiguredKeyManager(config.keys, { log, now: () => new Date() })
  const keys = await run(keyManager, config, command, args).catch((error: unknown) => {
    // What a rule refuses is no defect: its sentence is enough.
    throw error instanceof AppError && error.cause === undefined ? new ConfigError(error.message) : error
  })
  console.log(JSON.stringify(keys))
  keyManager.stop()
})

const run = async (
  keyManager: KeyManager,
  config: Config,
  command: string | undefined,
  args: readonly string[],
): Promise<readonly KeyFacts[]> => {
  const [kid, flag, ...more] = args
  if (command === 'list' && args.length === 0) return keyManager.list()
  if (command === 'rotate' && args.length === 0) {
    return audited(config, { action: 'security:key:rotate' }, () => rotateOnceAllowed(keyManager))
  }
  if (command === 'retire' && more.length === 0 && (flag === undefined || flag === '--compromised')) {
    const entry = { action: 'security:key:retire', ...(kid !== undefined && { kid }) }
    return audited(config, entry, () => keyManager.retire({ kid, isCompromised: flag !== undefined }))
  }
  throw new ConfigError(USAGE)
}

const rotateOnceAllowed = async (keyManager: KeyManager): Promise<readonly KeyFacts[]> => {
  for (;;) {
    try {
      return await keyManager.rotate()
    } catch (error) {
      const wait = error instanceof AppError && error.reason === 'NEXT_KEY_TOO_NEW' && error.detail.retryAfterSeconds
      if (typeof wait !== 'number') throw error
      await delay(wait * 1_000)
    }
  }
}

/** Does it if it can be recorded. Whoever may run this has no account here, so the record names no actor. */
const audited = async <Result>(
  { postgres }: Config,
  { action, kid }: { action: string; kid?: string },
  work: () => Promise<Result>,
): Promise<Result> => {
  const metrics = createMetrics('security')
  const database = openDatabase<Tables>({ url: postgres.url, service: 'security', log, metrics })
  const resource = { type: 'SigningKey', ...(kid !== undefined && { id: kid }) }
  try {
    return await inTransaction(database, async (tx) => {
      const entry = { actor: ANONYMOUS, action, resource, outcome: 'allowed', reason: 'BY_OPERATION' } as const
      await createAudit('security').record(tx, entry, continueTrace(undefined))
      return work()
    })
  } finally {
    await database.destroy()
  }
}
