import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Logger } from '@neotool/kit/telemetry'
import type { KeyManager } from './key-manager.ts'
import { type Keystore, loadKey, MASTER_KEY_BYTES, sealKeystore, unsealKeystore } from './keystore.ts'
import { createPrivateFile, readPrivateFile } from './private-file.ts'

type Place = { readonly file: string; readonly masterKeyFile: string }

/**
 * Keys from an encrypted file. The file and its master key are made where neither exists, which takes seconds; a keystore
 * that cannot be opened is an error and never replaced, because its keys are in use elsewhere.
 */
export const openEmbeddedKeyManager = async ({
  file,
  masterKeyFile,
  log,
}: Place & { readonly log: Logger }): Promise<KeyManager> => {
  const place = { file, masterKeyFile }
  const store = (await readKeystore(place)) ?? (await createKeystore(place, log))
  return keyManagerOf(store, async () => {
    if ((await readKeystore(place)) === undefined) throw new Error(`The keystore ${file} is gone.`)
  })
}

/** A key manager over these keys. */
export const keyManagerOf = async ({ keys }: Keystore, check: () => Promise<void>): Promise<KeyManager> => {
  const loaded = await Promise.all(keys.map(loadKey))
  const current = loaded.find(({ state }) => state === 'current')
  if (current === undefined) throw new Error('The keystore has no current key.')
  const publicKeys = { keys: loaded.filter(({ state }) => state !== 'retired').map(({ publicJwk }) => publicJwk) }
  return { signingKey: async () => current, publicKeys: async () => publicKeys, check }
}

const readKeystore = async ({ file, masterKeyFile }: Place): Promise<Keystore | undefined> => {
  const sealed = await readPrivateFile(file)
  if (sealed === undefined) return undefined
  const masterKey = await readMasterKey(masterKeyFile)
  if (masterKey === undefined) {
    throw new Error(`The keystore ${file} is there, but not its master key ${masterKeyFile}. Put that file back.`)
  }
  try {
    return unsealKeystore(sealed.toString('utf8'), masterKey)
  } catch (cause) {
    throw new Error(
      `The keystore ${file} cannot be opened: it is damaged, or ${masterKeyFile} is not its master key. ` +
        'Restore both from one backup. If they are lost, move both away: a new key is made, and everybody signs in again.',
      { cause },
    )
  }
}

const createKeystore = async (place: Place, log: Logger): Promise<Keystore> => {
  const masterKey = await createMasterKey(place.masterKeyFile)
  log.info({ file: place.file }, 'making the signing key, RSA 4096')
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 4096,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const store: Keystore = { keys: [{ state: 'current', createdAt: new Date().toISOString(), privateKey }] }
  if (await createPrivateFile(place.file, sealKeystore(store, masterKey))) return store
  // Another process was faster; its key is everybody's.
  const theirs = await readKeystore(place)
  if (theirs === undefined) throw new Error(`The keystore ${place.file} was taken away while it was made.`)
  return theirs
}

const createMasterKey = async (path: string): Promise<Buffer> => {
  await createPrivateFile(path, `${randomBytes(MASTER_KEY_BYTES).toString('base64')}\n`)
  const masterKey = await readMasterKey(path)
  if (masterKey === undefined) throw new Error(`The master key ${path} was taken away while it was made.`)
  return masterKey
}

const readMasterKey = async (path: string): Promise<Buffer | undefined> => {
  const text = await readPrivateFile(path)
  if (text === undefined) return undefined
  const key = Buffer.from(text.toString('utf8').trim(), 'base64')
  if (key.length !== MASTER_KEY_BYTES) {
    throw new Error(`${path} must hold ${MASTER_KEY_BYTES} bytes in base64, not ${key.length} bytes.`)
  }
  return key
}
