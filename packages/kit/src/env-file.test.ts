import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigError } from './config.ts'
import { toEnvFile } from './env-file.ts'

const run = promisify(execFile)

/** What a program that Node starts with that file has in its environment. */
const readByNode = async (text: string): Promise<unknown> => {
  const folder = await mkdtemp(join(tmpdir(), 'neotool-env-file-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'settings.env')
  await writeFile(file, text)
  const print = 'console.log(JSON.stringify(process.env))'
  const { stdout } = await run(process.execPath, [`--env-file=${file}`, '-e', print], { env: {} })
  return JSON.parse(stdout)
}

const HARD = [
  'postgres://neotool_app:p%40ss@pgbouncer.neotool-data.svc.cluster.local:5432/neotool_app',
  '',
  ' spaces at both ends ',
  '\ttabs\t',
  '#not a comment',
  'not # a comment',
  `it's`,
  'said "so"',
  '`here`',
  `'"`,
  "'`",
  '"`',
  `all ' " \` three`,
  `all'"\`three$`,
  "'",
  '"',
  '`',
  '$HOME $(id) !!',
  'C:\\new\\table',
  'ends in a backslash\\',
  "\\n and '",
  'two\nlines',
  '\n',
  'two\n\nA_FAKE=setting\n',
  '-----BEGIN KEY-----\nQUJD+/=\n-----END KEY-----\n',
  'a=b=c',
  'export A=b',
  'grüße 😀 \u2028',
]

describe('an environment file', () => {
  it('gives Node every value as it was', async () => {
    const variables = Object.fromEntries(HARD.map((value, at) => [`HARD_${at}`, value]))
    expect(await readByNode(toEnvFile(variables))).toEqual(variables)
  })

  it('gives Node each value, whatever follows it', async () => {
    const values = HARD.flatMap((value) => [value, `'`, value, '"', value, '`'])
    const variables = Object.fromEntries(values.map((value, at) => [`HARD_${at}`, value]))
    expect(await readByNode(toEnvFile(variables))).toEqual(variables)
  })

  it.each([
    ['a carriage return', 'secret\r\ntwo'],
    ['a NUL', 'secret\0'],
    ['half a character', 'secret\ud800'],
    ['all quotes and a newline', `secret'"\`\n`],
    ['all quotes, one of them at the start', `'secret"\``],
    ['all quotes and a #', `secret'"\`#`],
    ['all quotes and a space at the end', `secret'"\` `],
  ])('refuses %s, and does not show it', (_what, value) => {
    const write = () => toEnvFile({ GOOD: 'yes', APP_KEY: value })
    expect(write).toThrow(ConfigError)
    expect(write).toThrow(/^The value of APP_KEY cannot be written for node --env-file: (?!.*secret)/)
  })

  it.each(['app_key', 'A B', 'A=B', '1A', '', 'A\nB', 'NODE_OPTIONS'])('refuses the name %j', (name) => {
    expect(() => toEnvFile({ [name]: 'x' })).toThrow(/is no name of a setting/)
  })
})
