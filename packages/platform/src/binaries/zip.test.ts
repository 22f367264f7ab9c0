import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readZip } from './zip.ts'

type Packed = { readonly name: string; readonly content: string; readonly isStored?: boolean }

/** As the zip program writes it to a pipe: sizes and checksum are in the directory at the end alone. */
const zip = (files: readonly Packed[], comment = ''): Buffer => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, isStored = false } of files) {
    const plain = Buffer.from(content)
    const packed = isStored ? plain : deflateRawSync(plain)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    local.writeUInt16LE(4, 28)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(isStored ? 0 : 8, 10)
    entry.writeUInt32LE(crc32(plain), 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(local, Buffer.from(name), Buffer.alloc(4), packed)
    directory.push(entry, Buffer.from(name))
    offset += 34 + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...parts, list, end, Buffer.from(comment)])
}

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'neotool-zip-'))
})
afterAll(() => rm(directory, { recursive: true }))

const write = async (content: Buffer): Promise<string> => {
  const path = join(directory, 'archive.zip')
  await writeFile(path, content)
  return path
}

describe('readZip', () => {
  const files = [
    { name: 'helm/helm', content: 'packed '.repeat(1_000) },
    { name: 'kubectl/kubectl', content: 'as it is', isStored: true },
    { name: 'empty', content: '' },
  ]

  it('reads files by their names, packed and stored, before a comment', async () => {
    const path = await write(zip(files, 'made by hand'))
    const contents = await readZip(path, ['kubectl/kubectl', 'helm/helm', 'empty'])
    expect(contents['helm/helm'].toString()).toBe('packed '.repeat(1_000))
    expect(contents['kubectl/kubectl'].toString()).toBe('as it is')
    expect(contents.empty.length).toBe(0)
  })

  it('names what is there when a file is not', async () => {
    const path = await write(zip(files))
    await expect(readZip(path, ['helm'])).rejects.toThrow('has no helm; it has helm/helm, kubectl/kubectl, empty')
  })

  it('notices a changed byte', async () => {
    const content = zip(files)
    const at = content.indexOf('as it is')
    content.write('AS', at)
    await expect(readZip(await write(content), ['kubectl/kubectl'])).rejects.toThrow('its checksum is wrong')
  })

  it('refuses what is no zip archive, or only half of one', async () => {
    await expect(readZip(await write(Buffer.from('a page that says 404')), ['x'])).rejects.toThrow('no zip archive')
    const half = zip(files)
    await expect(readZip(await write(half.subarray(40)), ['helm/helm'])).rejects.toThrow(/damaged|ends too early/)
  })
})
