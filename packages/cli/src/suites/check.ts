import { execa } from 'execa'
import { dim, green, red, seconds } from '../style.ts'
import { add, nothing, type Suite, type SuiteOptions, type Tally } from './suite.ts'

type Check = { readonly name: string; readonly command: readonly [string, ...string[]]; readonly cwd?: string }

const checks: readonly Check[] = [
  { name: 'Biome: style and lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'TypeScript', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'TypeScript of the web', command: ['npm', 'run', 'check', '--workspace', 'web', '--loglevel=error'] },
  { name: 'dependency-cruiser: who imports whom', command: ['npm', 'run', 'check:imports', '--loglevel=error'] },
  { name: 'contract: composition and generated files', command: ['node', 'contracts/src/generate.ts', '--check'] },
]

const tallyOf = async (
  { name, command: [program, ...args] }: Check,
  { root, signal }: SuiteOptions,
): Promise<Tally> => {
  const begin = Date.now()
  const result = await execa(program, args, {
    cwd: root,
    preferLocal: true,
    localDir: root,
    all: true,
    reject: false,
    cancelSignal: signal,
  })
  const isPassed = result.exitCode === 0
  console.log(`${isPassed ? green('✔') : red('✖')} ${name} ${dim(`(${seconds(Date.now() - begin)})`)}`)
  if (isPassed) return { ...nothing, passed: 1 }
  const message = result.all || result.message || `exit code ${result.exitCode}`
  console.log(message)
  return { ...nothing, failures: [{ check: name, message }] }
}

export const checkSuite: Suite = {
  name: 'check',
  about: 'style, types, import rules, contract',
  // One after the other: each of them uses all processors.
  run: async (options) => {
    let tally = nothing
    for (const check of checks) {
      tally = add(tally, await tallyOf(check, options))
    }
    return tally
  },
}
