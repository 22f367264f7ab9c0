import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

// What a tool wrote or a test reads changes nothing of what runs.
const ignored = new Set(['node_modules', '.next', 'next-env.d.ts', 'test', 'README.md'])
const isIgnored = (name: string) => ignored.has(name) || /\.test\.tsx?$|\.tsbuildinfo$/.test(name)

const filesUnder = (path: string): string[] => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => !isIgnored(name))
  return names.sort().flatMap((name) => filesUnder(join(path, name)))
}

/** A hash over the names and contents of files and directories of the checkout, and over any further values. */
export const fingerprintOf = (root: string, paths: readonly string[], ...values: readonly unknown[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(values))
  for (const file of paths.flatMap((path) => filesUnder(join(root, path)))) {
    hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
