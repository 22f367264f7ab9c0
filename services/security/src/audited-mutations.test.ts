/*
 * Nothing is changed without a row in the audit log: each mutation of the four contracts has a use case that writes one, in
 * its own file or in the module that it hands its work to. That the row is right is shown where the mutation is tested.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { auditEvents } from '@neotool/contracts/events/audit'
import { readSdl } from '@neotool/contracts/sdl'
import { Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

const services = join(import.meta.dirname, '../..')

/** Where a use case is called otherwise than its mutation. */
const FILES: Readonly<Record<string, string>> = {
  endSession: 'end-own-session',
  signInWithOAuth: 'sign-in-with-oauth',
}

/** They hand out a challenge, of which nothing follows until it is answered; that is written down. */
const WITHOUT_EFFECT: readonly string[] = ['beginPasskeySignIn', 'beginPasskeyStepUp']

const mutationsOf = async (service: string): Promise<readonly string[]> =>
  parse(await readSdl(service))
    .definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ name }) => name.value === 'Mutation')
    .flatMap(({ fields }) => fields ?? [])
    .map(({ name }) => name.value)
    .filter((name) => !WITHOUT_EFFECT.includes(name))

const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)

const WRITES = /\baudit\.(record|recordDecision)\(/

const writesRow = (file: string): boolean => {
  const text = readFileSync(file, 'utf8')
  const own = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, path]) => join(dirname(file), path ?? ''))
  return [text, ...own.filter(existsSync).map((path) => readFileSync(path, 'utf8'))].some((source) =>
    WRITES.test(source),
  )
}

const all = await Promise.all(
  Object.keys(auditEvents).map(async (service) =>
    (await mutationsOf(service)).map((mutation) => [service, mutation] as const),
  ),
)

describe('every mutation', () => {
  it('is known', () => {
    expect(all.map((mutations) => mutations.length).every((count) => count > 0)).toBe(true)
  })

  it.each(all.flat())('of %s leaves a row in the audit log: %s', (service, mutation) => {
    const file = join(services, service, 'src/use-cases', `${FILES[mutation] ?? kebabCase(mutation)}.ts`)
    expect(existsSync(file) && writesRow(file)).toBe(true)
  })
})
