import { randomBytes } from 'node:crypto'
import { link, mkdir, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

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
