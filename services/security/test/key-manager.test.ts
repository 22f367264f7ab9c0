import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@neotool/kit/telemetry'
import { createVaultClient } from '@neotool/kit/vault-client'
import { eventually } from '@neotool/testkit/eventually'
import { startTestVault, VAULT_TIMEOUT_MS } from '@neotool/testkit/vault'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyManager } from '../src/key-manager.ts'
import { PUBLISHED_BEFORE_MS, RETIRED_AFTER_MS } from '../src/key-ring.ts'
import { openConfiguredKeyManager } from '../src/key-settings.ts'
import { initialiseVault } from '../src/vault-init.ts'

const log = createLogger({ service: 'security', level: 'silent' })
const cleanup = new AsyncDisposableStack()
afterAll(() => cleanup.disposeAsync())

let clockMs = Date.now()
const now = () => new Date(clockMs)
const advance = (ms: number) => {
  clockMs += ms
}

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'neotool-keys-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Answers how a replica of security opens keys that all of its replicas share. */
const PLACES = {
  'in a file': async () => {
    const folder = await newFolder()
    const files = { file: join(folder, 'keystore.json'), masterKeyFile: join(folder, 'master.key') }
    return () => openConfiguredKeyManager({ kind: 'file', files }, { log, now })
  },
  'in Vault': async () => {
    const server = cleanup.use(await startTestVault())
    const { address } = server
    const place = { address, mount: 'neotool', path: 'security/signing-keys' }
    const file = join(await newFolder(), 'approle.json')
    const admin = createVaultClient({ address, login: { kind: 'token', file: server.rootTokenFile } })
    await initialiseVault(admin, { ...place, approleFile: file }, now())
    const vault = { ...place, login: { kind: 'approle', file } } as const
    return () => openConfiguredKeyManager({ kind: 'vault', vault }, { log, now })
  },
}

describe.each(Object.entries(PLACES))('keys %s', (_where, prepare) => {
  let one: KeyManager
  let other: KeyManager
  beforeAll(async () => {
    const open = await prepare()
    one = await open()
    other = await open()
    for (const manager of [one, other]) cleanup.defer(() => manager.stop())
  }, VAULT_TIMEOUT_MS)

  const published = async (manager: KeyManager) => (await manager.publicKeys()).keys.map(({ kid }) => kid)
  const kidIn = async (state: string) => (await one.list()).find((key) => key.state === state)?.kid ?? ''
  const statesOf = async (manager: KeyManager) => (await manager.list()).map(({ state }) => state)

  it('are a current and a next one of 4096 bits, the same for every replica', async () => {
    expect(await statesOf(one)).toEqual(['next', 'current'])
    for (const manager of [one, other]) {
      const { kid, privateKey } = await manager.signingKey()
      expect(kid).toBe(await kidIn('current'))
      expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(4096)
      expect(await published(manager)).toEqual([kid, await kidIn('next')])
      await manager.check()
    }
  })

  it('are the same object until they change', async () => {
    const before = await one.publicKeys()
    await one.check()
    expect(await one.publicKeys()).toBe(before)
  })

  it('do not rotate before the next one can be known', async () => {
    await expect(one.rotate()).rejects.toMatchObject({ kind: 'conflict', reason: 'NEXT_KEY_TOO_NEW' })
    expect(await statesOf(one)).toEqual(['next', 'current'])
  })

  it('rotate on one replica, and the others follow without a restart', async () => {
    advance(PUBLISHED_BEFORE_MS)
    const [before, next] = [await kidIn('current'), await kidIn('next')]
    expect((await one.rotate()).map(({ state }) => state)).toEqual(['next', 'current', 'previous'])
    expect((await one.signingKey()).kid).toBe(next)
    const followed = async () => (await other.signingKey()).kid
    await eventually('the other replica', followed, (kid) => kid === next)
    for (const manager of [one, other]) expect(await published(manager)).toEqual([before, next, await kidIn('next')])
    expect(await kidIn('previous')).toBe(before)
  })

  it('rotate once where two want it at once', async () => {
    advance(PUBLISHED_BEFORE_MS)
    const next = await kidIn('next')
    const results = await Promise.allSettled([one.rotate(), other.rotate()])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'NEXT_KEY_TOO_NEW' },
    })
    expect(await kidIn('current')).toBe(next)
    expect(await statesOf(other)).toEqual(['next', 'current', 'previous', 'previous'])
  })

  it('are retired once no token of theirs is valid, and are published no more', async () => {
    const kid = await kidIn('previous')
    await expect(one.retire({ kid })).rejects.toMatchObject({ reason: 'KEY_STILL_NEEDED' })
    expect(await one.retire({})).toHaveLength(4)
    advance(RETIRED_AFTER_MS)
    await one.retire({})
    expect(await statesOf(one)).toEqual(['next', 'current', 'retired', 'retired'])
    await eventually(
      'the other replica',
      () => published(other),
      (kids) => kids.length === 2 && !kids.includes(kid),
    )
  })

  it('that are compromised go at once, and the next rotation makes another next one first', async () => {
    const kid = await kidIn('next')
    await one.retire({ kid, isCompromised: true })
    expect(await published(one)).toEqual([await kidIn('current')])
    await expect(one.rotate()).rejects.toMatchObject({ reason: 'NEXT_KEY_TOO_NEW' })
    advance(PUBLISHED_BEFORE_MS)
    await one.rotate()
    expect(await statesOf(one)).toEqual(['next', 'current', 'retired', 'previous', 'retired', 'retired'])
  })
})
