import { dirname, join } from 'node:path'
import { helmProgram, kubectlProgram } from '@neotool/platform/binaries/helm-kubectl'
import { execa } from 'execa'
import { root } from './platform.ts'

type Run = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** Runs the command of a checkout as a person does, whose PATH has kubectl and helm. */
export const neotoolIn = async (checkout: string, ...args: readonly string[]): Promise<Run> => {
  const programs = [...new Set([kubectlProgram(), helmProgram()].map(dirname))]
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(checkout, 'packages/cli/src/main.ts'), ...args],
    { env: { PATH: [...programs, process.env.PATH].join(':') }, reject: false },
  )
  return { exitCode: exitCode ?? -1, stdout, stderr }
}

export const neotool = (...args: readonly string[]): Promise<Run> => neotoolIn(root, ...args)

/** What the command printed for programs. */
export const neotoolJson = async <Value>(...args: readonly string[]): Promise<Value> => {
  const { exitCode, stdout, stderr } = await neotool(...args, '--json')
  if (exitCode !== 0) throw new Error(`neotool ${args.join(' ')} ended with ${exitCode}: ${stdout}\n${stderr}`)
  return JSON.parse(stdout) as Value
}
