import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@neotool/kit/config'
import { migrate } from '@neotool/kit/migrate'
import { createTestDatabase } from '@neotool/testkit/database'
import { eventually } from '@neotool/testkit/eventually'
import { describe, expect, inject, it, onTestFinished } from 'vitest'

/** An address where nobody listens until `open` leads from there to the target. */
const lateAddress = async (host: string, port: number) => {
  const server = createServer((near) => {
    const far = connect(port, host)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) socket.on('error', () => socket.destroy())
  })
  const listen = async (own: number) => {
    server.listen(own, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const own = await listen(0)
  server.close()
  onTestFinished(() => void server.close())
  return { address: `127.0.0.1:${own}`, open: () => listen(own) }
}

describe('a Job that starts before what it needs', () => {
  it('migrates as soon as the database answers, and says what it waits for', async () => {
    await using database = await createTestDatabase('app')
    const url = new URL(database.directUrl.reveal())
    const late = await lateAddress(url.hostname, Number(url.port))
    url.host = late.address
    const folder = await mkdtemp(join(tmpdir(), 'neotool-migrations-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const said: string[] = []
    const patience = { withinSeconds: 60, say: (line: string) => said.push(line) }
    const migrated = migrate({ url: new Secret(url.href), folder, patience })
    await eventually('that it waits', () => said[0])
    await late.open()
    expect(await migrated).toEqual([])
    expect(said).toEqual([`waiting: connect ECONNREFUSED ${late.address}`])
  })

  it('gives a database up that does not answer in time, with the reason', async () => {
    const { address } = await lateAddress('127.0.0.1', 9)
    const url = new Secret(`postgres://neotool_app:a-secret@${address}/neotool_app`)
    const migrated = migrate({ url, folder: tmpdir(), patience: { withinSeconds: 1, say: () => {} } })
    await expect(migrated).rejects.toThrow(`connect ECONNREFUSED ${address}`)
  })

  it('makes the topics as soon as a broker answers', async () => {
    const [host = '', port] = inject('kafkaBroker').split(':')
    const late = await lateAddress(host, Number(port))
    const program = join(import.meta.dirname, '../src/ops/create-topics.ts')
    const child = spawn(process.execPath, [program], { env: { KAFKA_BOOTSTRAP_SERVERS: late.address } })
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8')
      })
    const ended = once(child, 'close')
    await eventually(
      'that it waits',
      () => output,
      (said) => said.startsWith('waiting: '),
    )
    await late.open()
    expect([(await ended)[0], output]).toEqual([0, expect.stringContaining('all topics are there')])
  })
})
