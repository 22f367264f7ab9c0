/*
 * For tests: programs named kubectl, helm and terraform that behave as the real ones do, towards a cluster that is kept here.
 * Each is a few lines of bash that ask this process, for a program of its own would take longer to start than all it does.
 * What real ones answer, tests/cluster asks.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestApi } from './test-api.ts'
import { makeTestCluster, type TestCluster } from './test-cluster.ts'

export type TestPrograms = AsyncDisposable & {
  readonly cluster: TestCluster
  /** A PATH with these programs and what they need, and no other: a machine may have a kubectl of its own. */
  readonly path: string
  /** Takes one of them from the PATH. */
  without(program: string): void
}

const PROGRAMS = ['kubectl', 'helm', 'terraform']
const NEEDED = ['sh', 'bash', 'cat', 'sleep']

// Arguments one per line, newlines in them as spaces; then what came by standard input. The answer: exit code, text.
const script = (program: string, port: number) => `#!/bin/bash
LC_ALL=C
input=''
for arg in "$@"; do [ "$arg" = - ] && input=$(cat; echo .) && input=\${input%.}; done
exec 3<>/dev/tcp/127.0.0.1/${port}
{ printf '%s\\n' ${program} "$#"; for arg in "$@"; do printf '%s\\n' "\${arg//$'\\n'/ }"; done; printf '%s\\n%s' "\${#input}" "$input"; } >&3
read -r code <&3
if [ "$code" = 0 ]; then cat <&3; elif [ "$code" = stay ]; then read -r line <&3; echo "$line"; exec sleep 600; else cat <&3 >&2; exit "$code"; fi
`

const listen = async (answer: (program: string, args: readonly string[], input: string) => string) => {
  const serve = (socket: Socket) => {
    let received = Buffer.alloc(0)
    socket
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk])
        const call = callIn(received)
        if (call !== undefined) socket.end(answer(call.program, call.args, call.input))
      })
  }
  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

/** What was sent, once all of it is there. */
const callIn = (received: Buffer) => {
  const lines = received.toString().split('\n')
  const [program = '', count = ''] = lines
  const args = lines.slice(2, 2 + Number(count))
  const length = lines[2 + Number(count)]
  if (count === '' || length === undefined || lines.length < 4 + Number(count)) return undefined
  const head = Buffer.byteLength([program, count, ...args, length, ''].join('\n'))
  const input = received.subarray(head)
  return input.length < Number(length) ? undefined : { program, args, input: input.toString() }
}

/** Makes the programs and an empty cluster. */
export const makeTestPrograms = async (): Promise<TestPrograms> => {
  const api = await startTestApi()
  const cluster = makeTestCluster(api.port)
  const server = await listen(cluster.answer)
  const directory = mkdtempSync(join(tmpdir(), 'neotool-programs-'))
  for (const name of PROGRAMS) {
    writeFileSync(join(directory, name), script(name, server.port))
    chmodSync(join(directory, name), 0o755)
  }
  for (const name of NEEDED) {
    const file = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path))
    if (file !== undefined) symlinkSync(file, join(directory, name))
  }
  return {
    cluster,
    path: directory,
    without: (program) => rmSync(join(directory, program)),
    [Symbol.asyncDispose]: async () => {
      server.close()
      api.close()
      rmSync(directory, { recursive: true })
    },
  }
}
