/*
 * What the files of a directory were when it was filled, in a file beside it. Size and time tell at a glance which ones
 * somebody touched; the hash tells whether they changed by it, and finds what a failing disk does behind everybody's back.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { PlatformError } from './failure.ts'
import { readJsonFile, writeFileAtomically } from './json-file.ts'

const fileSchema = z.object({ sizeBytes: z.int(), modifiedMs: z.int(), sha256: z.string() })
const manifestSchema = z.record(z.string(), fileSchema)

type File = z.infer<typeof fileSchema>

export const manifestFileOf = (directory: string): string => `${directory}.manifest.json`

export const hasManifest = (directory: string): boolean => existsSync(manifestFileOf(directory))

// Enough to keep a disk busy, and far from the number of files that a process may open.
const atOnce = 32

const forEach = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const rest = items.values()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** The sizes and times of all files, by their names in the directory; of a link those of the file that it leads to. */
const filesIn = async (directory: string): Promise<ReadonlyMap<string, Omit<File, 'sha256'>>> => {
  const found = existsSync(directory) ? readdirSync(directory, { recursive: true, withFileTypes: true }) : []
  const entries = found.filter((entry) => !entry.isDirectory())
  const files = new Map<string, Omit<File, 'sha256'>>()
  await forEach(entries, async (entry) => {
    const path = join(entry.parentPath, entry.name)
    // A link that leads nowhere is a file that is not there.
    const file = await stat(path).catch(() => undefined)
    if (!file?.isFile()) return
    files.set(path.slice(directory.length + 1), { sizeBytes: file.size, modifiedMs: Math.trunc(file.mtimeMs) })
  })
  return files
}

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Remembers the files of a directory; `of` is its name to come, where it is filled under another one. */
export const writeManifest = async (directory: string, of = directory): Promise<void> => {
  const manifest: Record<string, File> = {}
  const files = await filesIn(directory)
  await forEach([...files], async ([name, file]) => {
    manifest[name] = { ...file, sha256: await sha256Of(join(directory, name)) }
  })
  // A cache may be shared: whoever may read the files may read this.
  writeFileAtomically(manifestFileOf(of), `${JSON.stringify(manifest)}\n`, 0o644)
}

/** A manifest that is damaged itself vouches for nothing: every file counts as a new one. */
const readManifest = (directory: string) => {
  try {
    return readJsonFile(manifestFileOf(directory), manifestSchema)
  } catch (error) {
    if (error instanceof PlatformError) return {}
    throw error
  }
}

/**
 * The names of the files that are not what the manifest remembers: changed, gone or new; none where there is no manifest.
 * `touched` hashes only files of another time, which is quick enough for every `up`; `all` hashes each.
 */
export const changedFiles = async (directory: string, hashed: 'touched' | 'all'): Promise<readonly string[]> => {
  const manifest = readManifest(directory)
  if (!manifest) return []
  const files = await filesIn(directory)
  const changed = [...files.keys()].filter((name) => !manifest[name])
  await forEach(Object.entries(manifest), async ([name, { sizeBytes, modifiedMs, sha256 }]) => {
    const file = files.get(name)
    const isHashed = hashed === 'all' || file?.modifiedMs !== modifiedMs
    // What cannot be read is as good as changed: a failing disk may show it so.
    const hasItsHash = () =>
      sha256Of(join(directory, name)).then(
        (hash) => hash === sha256,
        () => false,
      )
    if (file?.sizeBytes !== sizeBytes || (isHashed && !(await hasItsHash()))) changed.push(name)
  })
  return changed.sort()
}

/** What a person is told about changed files. */
export const damageOf = (directory: string, changed: readonly string[]): string => {
  const others = changed.length > 1 ? ` and ${changed.length - 1} more` : ''
  return `${directory} is damaged: what was installed there has changed in ${changed[0]}${others}.`
}
