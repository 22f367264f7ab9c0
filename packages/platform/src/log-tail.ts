import { closeSync, openSync, readSync, statSync } from 'node:fs'

const windowBytes = 64 * 1024

/** The last lines of a file, from its last 64 kB; none when it does not exist. */
export const lastLines = (path: string, count: number): string[] => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return []
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(size, windowBytes))
    const { length } = buffer
    const read = readSync(file, buffer, 0, length, size - length)
    const lines = buffer.subarray(0, read).toString('utf8').trimEnd().split('\n')
    return lines.slice(size > length ? 1 : 0).slice(-count)
  } finally {
    closeSync(file)
  }
}
