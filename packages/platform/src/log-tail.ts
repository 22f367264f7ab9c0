import { closeSync, openSync, readSync, statSync } from 'node:fs'

const windowBytes = 64 * 1024

/** The size of a log now, for `lastLines` to leave out what was there before. */
export const logSize = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** The last lines of a file after a position, from its last 64 kB; none when it does not exist. */
export const lastLines = (path: string, count: number, after = 0): string[] => {
  const size = logSize(path)
  // A file that is smaller than it was has been rotated.
  const start = Math.max(after > size ? 0 : after, size - windowBytes)
  if (size === start || count === 0) return []
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(size - start)
    const read = readSync(file, buffer, 0, buffer.length, start)
    const lines = buffer.subarray(0, read).toString('utf8').trimEnd().split('\n')
    return lines.slice(-count)
  } finally {
    closeSync(file)
  }
}
