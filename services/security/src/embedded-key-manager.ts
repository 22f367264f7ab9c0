import { randomBytes } from 'node:crypto'
import { createPrivateFile, readPrivateFile, replacePrivateFile, versionOfFile } from '@neotool/kit/private-file'
import type { Logger } from '@neotool/kit/telemetry'
import { type KeyManager, type KeyRingStore, openKeyManager, type StoredKeyRing } from './key-manager.ts'
import { type KeyPair, type KeyRing, makeKeyPair, newKeyRing } from './key-ring.ts'
import { MASTER_KEY_BYTES, sealKeystore, unsealKeystore } from './keystore.ts'

export type KeystoreFiles = { readonly file: string; readonly masterKeyFile: string }

type Options = { readonly log: Logger; readonly now: () => Date }

/**
 * Keys from an encrypted file. The file and its master key are made where neither exists, which takes seconds; a keystore
 * that cannot be opened is an error and never replaced, because its keys are in use elsewhere.
 */
export const openEmbeddedKeyManager = async (files: KeystoreFiles, { log, now }: Options): Promise<KeyManager> => {
  if ((await versionOfFile(files.file)) === undefined) await createKeystore(files, { log, now })
  return openKeyManager(fileStore(files), { log, now })
}

const fileStore = (files: KeystoreFiles): KeyRingStore => {
  const version = async () => {
    const found = await versionOfFile(files.file)
    if (found === undefined) throw new Error(`The keystore ${files.file} is gone.`)
    return found
  }
  return {
    version,
    read: async (): Promise<StoredKeyRing> => {
      // Before the content: where it is replaced in between, the next look reads it again.
      const before = await version()
      const ring = await readKeystore(files)
      if (ring === undefined) throw new Error(`The keystore ${files.file} is gone.`)
      return { ring, version: before }
    },
    replace: async (ring, before) => {
      const masterKey = await needMasterKey(files)
      return replacePrivateFile(files.file, sealKeystore(ring, masterKey), before)
    },
  }
}

const readKeystore = async (files: KeystoreFiles): Promise<KeyRing | undefined> => {
  const { file, masterKeyFile } = files
  const sealed = await readPrivateFile(file)
  if (sealed === undefined) return undefined
  const masterKey = await needMasterKey(files)
  try {
    return unsealKeystore(sealed.toString('utf8'), masterKey)
  } catch (cause) {
    throw new Error(
      `The keystore ${file} cannot be opened: it is damaged, or ${masterKeyFile} is not its master key. ` +
        'Restore both from one backup. If they are lost, move both away: new keys are made, and access tokens that are out are refreshed.',
      { cause },
    )
  }
}

const needMasterKey = async ({ file, masterKeyFile }: KeystoreFiles): Promise<Buffer> => {
  const masterKey = await readMasterKey(masterKeyFile)
  if (masterKey !== undefined) return masterKey
  throw new Error(`The keystore ${file} is there, but not its master key ${masterKeyFile}. Put that file back.`)
}

/** Of several processes that do this at once one succeeds; its keys are everybody's. */
const createKeystore = async ({ file, masterKeyFile }: KeystoreFiles, { log, now }: Options): Promise<void> => {
  const masterKey = await createMasterKey(masterKeyFile)
  log.info({ file }, 'making the first signing keys, RSA 4096')
  const pairs: readonly [KeyPair, KeyPair] = await Promise.all([makeKeyPair(), makeKeyPair()])
  await createPrivateFile(file, sealKeystore(newKeyRing(pairs, now()), masterKey))
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
