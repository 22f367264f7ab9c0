/*
 * A zip archive is read with Node's own zlib: unzip is not on every machine, a Java runtime has no `jar`, and what we
 * unpack is one file of two programs, whose checksum npm has verified.
 */
import { open } from 'node:fs/promises'
import { crc32, inflateRawSync } from 'node:zlib'
import { PlatformError } from '../failure.ts'

const END_SIGNATURE = 0x06054b50
const ENTRY_SIGNATURE = 0x02014b50
const END_LENGTH = 22
const ENTRY_LENGTH = 46
const LOCAL_LENGTH = 30
const LONGEST_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

type Entry = {
  readonly method: number
  readonly checksum: number
  readonly sizeBytes: number
  readonly offset: number
}

/** The contents of some files of a zip archive, by their names; fails where one is not in it, or is damaged. */
export const readZip = async <Name extends string>(
  archive: string,
  names: readonly Name[],
): Promise<Record<Name, Buffer>> => {
  await using file = await open(archive)
  const { size } = await file.stat()
  const read = async (position: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position })
    if (bytesRead !== length) throw new PlatformError(`${archive} is no whole zip archive: it ends too early.`)
    return buffer
  }
  const entries = entriesOf(archive, await readDirectory(archive, size, read))
  const contents = names.map(async (name) => {
    const entry = entries.get(name)
    if (!entry) throw new PlatformError(`${archive} has no ${name}; it has ${[...entries.keys()].join(', ')}.`)
    const local = await read(entry.offset, LOCAL_LENGTH)
    const start = entry.offset + LOCAL_LENGTH + local.readUInt16LE(26) + local.readUInt16LE(28)
    return [name, unpack(`${name} in ${archive}`, entry, await read(start, entry.sizeBytes))] as const
  })
  return Object.fromEntries(await Promise.all(contents)) as Record<Name, Buffer>
}

type Read = (position: number, length: number) => Promise<Buffer>

/** The list of all entries is at the end, where a comment of unknown length may follow it. */
const readDirectory = async (archive: string, size: number, read: Read): Promise<Buffer> => {
  const tailLength = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await read(size - tailLength, tailLength)
  for (let at = tailLength - END_LENGTH; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) return read(tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12))
  }
  throw new PlatformError(`${archive} is no zip archive: it has no directory.`)
}

const entriesOf = (archive: string, directory: Buffer): ReadonlyMap<string, Entry> => {
  const entries = new Map<string, Entry>()
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new PlatformError(`${archive} is damaged: there is no entry at byte ${at} of its directory.`)
    }
    const nameLength = directory.readUInt16LE(at + 28)
    const nameAt = at + ENTRY_LENGTH
    entries.set(directory.toString('utf8', nameAt, nameAt + nameLength), {
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      // Of the packed bytes. Here, and not in the header before them, it is always known.
      sizeBytes: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    })
    at = nameAt + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

const unpack = (what: string, { method, checksum }: Entry, packed: Buffer): Buffer => {
  if (method !== STORED && method !== DEFLATED) throw new PlatformError(`${what} is packed by method ${method}.`)
  const content = method === STORED ? packed : inflateRawSync(packed)
  if (crc32(content) !== checksum) throw new PlatformError(`${what} is damaged: its checksum is wrong.`)
  return content
}
