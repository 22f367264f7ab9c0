import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type Forward = AsyncDisposable & { readonly port: number }

/** Makes a Service of the cluster reachable on a free port of this machine; ends with this process at the latest. */
export const forward = async (
  { kubectlProgram, kubeconfig }: { readonly kubectlProgram: string; readonly kubeconfig: string },
  [namespace, service, port]: readonly [namespace: string, service: string, port: number],
): Promise<Forward> => {
  const args = ['port-forward', '-n', namespace, `service/${service}`, `:${port}`, '--address=127.0.0.1']
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', kubectlProgram, ...args], {
    env: { ...process.env, KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  const found = Promise.withResolvers<number>()
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      said.push(line)
      const local = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1]
      if (local !== undefined) found.resolve(Number(local))
    })
  }
  exited.then(() => found.reject(new Error(`kubectl ${args.join(' ')} ended: ${said.join('\n')}`)))
  return {
    port: await found.promise,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
