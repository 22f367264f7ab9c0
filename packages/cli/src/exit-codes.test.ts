import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkout } from './checkout.ts'
import { exitCodes } from './exit-codes.ts'

test('each exit code means one thing', () => {
  const codes = Object.values(exitCodes).map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
})

test('the shell script, which cannot read the table, uses its numbers', () => {
  const script = readFileSync(join(checkout, 'neotool'), 'utf8')
  const constants = [...script.matchAll(/^(\w+)_exit=(\d+)$/gm)].map(([, name = '', code]) => [name, Number(code)])
  expect(constants.length).toBeGreaterThan(0)
  for (const [name, code] of constants) {
    expect(exitCodes[name as keyof typeof exitCodes].code, String(name)).toBe(code)
  }
})
