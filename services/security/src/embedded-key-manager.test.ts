import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@neotool/kit/telemetry'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddedKeyManager } from './embedded-key-manager.ts'
import type { KeyManager } from './key-manager.ts'

const log = createLogger({ service: 'security', level: 'silent' })

let folder: string
let sealed: Buffer
let masterKey: Buffer
let firstKid: string
const place = () => ({ file: join(folder, 'keys', 'keystore.json'), masterKeyFile: join(folder, 'keys', 'master.key') })
const opened: KeyManager[] = []
const open = async () => {
  const manager = await openEmbeddedKeyManager(place(), { log, now: () => new Date() })
  opened.push(manager)
  return manager
}
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neotool-keystore-'))
  // Three at once, as replicas that share a folder and start together: a key of RSA 4096 takes long enough that they meet.
  const managers = await Promise.all([open(), open(), open()])
  const kids = new Set(await Promise.all(managers.map(async (manager) => (await manager.signingKey()).kid)))
  expect(kids.size).toBe(1)
  firstKid = [...kids].join()
  sealed = await readFile(place().file)
  masterKey = await readFile(place().masterKeyFile)
})

beforeEach(async () => {
  await writeFile(place().file, sealed, { mode: 0o600 })
  await writeFile(place().masterKeyFile, masterKey, { mode: 0o600 })
  await chmod(place().file, 0o600)
  await chmod(place().masterKeyFile, 0o600)
})

afterAll(async () => {
  for (const manager of opened) manager.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('the embedded keystore', () => {
  it('is made with files that their owner alone can read, and leaves no drafts', async () => {
    expect(await modeOf(join(folder, 'keys'))).toBe(0o700)
    expect(await modeOf(place().file)).toBe(0o600)
    expect(await modeOf(place().masterKeyFile)).toBe(0o600)
    expect((await readdir(join(folder, 'keys'))).sort()).toEqual(['keystore.json', 'master.key'])
  })

  it('has RSA keys of 4096 bits, one that signs and the next, the same after every start', async () => {
    const manager = await open()
    const { kid, privateKey } = await manager.signingKey()
    expect(kid).toBe(firstKid)
    expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(4096)
    const [current, next] = (await manager.publicKeys()).keys
    expect([current?.kid, next?.n?.length]).toEqual([kid, current?.n?.length])
    await manager.check()
  })

  it('names the faults of another master key', async () => {
    await writeFile(place().masterKeyFile, randomBytes(32).toString('base64'))
    await expect(open()).rejects.toThrow(`${place().masterKeyFile} is not its master key`)
    await expect(open()).rejects.toThrow('cannot be opened')
  })

  it.each([
    ['empty', ''],
    ['another JSON', '{}'],
    ['anything', 'x'.repeat(5_000)],
  ])('is never replaced when it is damaged: %s', async (_what, text) => {
    await writeFile(place().file, text)
    await expect(open()).rejects.toThrow('is damaged')
    expect(await readFile(place().file, 'utf8')).toBe(text)
  })

  it('does not make a new master key for a keystore that has lost its own', async () => {
    await rm(place().masterKeyFile)
    await expect(open()).rejects.toThrow('Put that file back')
    expect(await readdir(join(folder, 'keys'))).toEqual(['keystore.json'])
  })

  it.each([0o640, 0o604, 0o666, 0o620])('refuses files with mode %o', async (mode) => {
    await chmod(place().masterKeyFile, mode)
    await expect(open()).rejects.toThrow(`chmod 600 ${place().masterKeyFile}`)
    await chmod(place().masterKeyFile, 0o600)
    await chmod(place().file, mode)
    await expect(open()).rejects.toThrow(`chmod 600 ${place().file}`)
  })

  it('refuses a master key of the wrong size', async () => {
    await writeFile(place().masterKeyFile, randomBytes(16).toString('base64'))
    await expect(open()).rejects.toThrow('must hold 32 bytes in base64, not 16 bytes')
  })

  it('goes on signing once its file is gone or damaged, and says so', async () => {
    const manager = await open()
    await rm(place().file)
    await expect(manager.check()).rejects.toThrow('is gone')
    await writeFile(place().file, '{}', { mode: 0o600 })
    await expect(manager.check()).rejects.toThrow('is damaged')
    expect((await manager.signingKey()).kid).toBe(firstKid)
  })
})
