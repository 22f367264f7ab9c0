import { eventually } from '@neotool/testkit/eventually'
import type { ServiceProcess } from '@neotool/testkit/service-process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession, refresh, signOut } from './people.ts'
import { createProduct } from './products.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let replicas: readonly ServiceProcess[]
beforeAll(async () => {
  stack = await startStack()
  replicas = await Promise.all([stack.startApp(), stack.startApp()])
  for (const replica of replicas)
    await eventually(
      'readiness',
      () => replica.health('ready'),
      ({ status }) => status === 200,
    )
})
afterAll(() => stack?.[Symbol.asyncDispose]())

const reasonAt = async (replica: ServiceProcess, token: string): Promise<string | undefined> =>
  (await createProduct(replica, token, 'Desk')).errors[0]?.extensions.reason

const untilRefusedEverywhere = async (token: string): Promise<void> => {
  const refused = (replica: ServiceProcess) =>
    eventually(
      'the refusal',
      () => reasonAt(replica, token),
      (reason) => reason === 'SESSION_ENDED',
    )
  await Promise.all(replicas.map(refused))
}

describe('a session that ends', () => {
  it('by signing out is refused by every replica of another service', async () => {
    const [session, other] = [await newSession(stack.security), await newSession(stack.security)]
    for (const replica of replicas) expect(await reasonAt(replica, session.accessToken)).toBeUndefined()
    await signOut(stack.security, session)
    await untilRefusedEverywhere(session.accessToken)
    for (const replica of replicas) expect(await reasonAt(replica, other.accessToken)).toBeUndefined()
  })

  it('because a replaced refresh token was used is refused by every replica', async () => {
    const session = await newSession(stack.security)
    await refresh(stack.security, session)
    for (const replica of replicas) expect(await reasonAt(replica, session.accessToken)).toBeUndefined()
    // For ten seconds parallel uses are well meant and all get the same successor.
    const isEnded = async () =>
      (await refresh(stack.security, session)).errors[0]?.extensions.reason === 'SESSION_ENDED'
    await eventually('the end of the session', isEnded)
    await untilRefusedEverywhere(session.accessToken)
  })

  it('is still refused by a replica that starts later, before that says it is ready', async () => {
    const session = await newSession(stack.security)
    await signOut(stack.security, session)
    // It is known to Kafka by then.
    await untilRefusedEverywhere(session.accessToken)
    const late = await stack.startApp()
    await eventually(
      'readiness',
      () => late.health('ready'),
      ({ status }) => status === 200,
    )
    expect(await reasonAt(late, session.accessToken)).toBe('SESSION_ENDED')
    expect(await late.end('SIGTERM')).toBe(0)
  })
})
