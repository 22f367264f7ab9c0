import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const OTHERS = 0o077

/** The content of a file that its owner alone may read; undefined where there is none, an error where others may read it. */
export const readPrivateFile = async (path: string): Promise<Buffer | undefined> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (file === undefined) return undefined
  try {
    const { mode } = await file.stat()
    if ((mode & OTHERS) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0')
      throw new Error(`${path} may be read by others (mode ${octal}). If nobody has copied it: chmod 600 ${path}`)
    }
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/**
 * Makes a file with mode 0600 that is there whole or not at all, also after a power cut. Returns false and changes nothing
 * where there is one already; of two processes that try at once exactly one succeeds.
 */
export const createPrivateFile = async (path: string, content: string): Promise<boolean> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`
  try {
    await writeDurably(draft, content)
    // Unlike rename, link fails where the name is taken.
    await link(draft, path)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await unlink(draft).catch(() => undefined)
  }
  await syncFolder(dirname(path))
  return true
}

/** Differs once the file has been replaced; undefined where there is none. */
export const versionOfFile = async (path: string): Promise<string | undefined> => {
  try {
    const { ino, mtimeNs, size } = await stat(path, { bigint: true })
    return `${ino}-${mtimeNs}-${size}`
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/**
 * Replaces a private file of a known version, in one step that lasts; false where somebody else has replaced it. A lock
 * beside it lets one process at a time compare and replace.
 */
export const replacePrivateFile = async (path: string, content: string, version: string): Promise<boolean> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`
  await writeDurably(draft, content)
  try {
    return await withLock(`${path}.lock`, async () => {
      if ((await versionOfFile(path)) !== version) return false
      await rename(draft, path)
      await syncFolder(dirname(path))
      return true
    })
  } finally {
    await unlink(draft).catch(() => undefined)
  }
}

const LOCK_WITHIN_MS = 5_000

const withLock = async <Result>(lock: string, work: () => Promise<Result>): Promise<Result> => {
  const deadline = Date.now() + LOCK_WITHIN_MS
  while (!(await tryLock(lock))) {
    if (Date.now() > deadline) {
      const holder = await readFile(lock, 'utf8').catch(() => 'unknown')
      // Nobody can take a dead process's lock away without the risk to take a living one's.
      throw new Error(`${lock} is held by process ${holder}. If that process does not run any more: rm ${lock}`)
    }
    await delay(50)
  }
  try {
    return await work()
  } finally {
    await unlink(lock)
  }
}

const tryLock = async (lock: string): Promise<boolean> => {
  try {
    const file = await open(lock, 'wx', 0o600)
    await file.writeFile(String(process.pid)).finally(() => file.close())
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

const writeDurably = async (path: string, content: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
