import { setInterval } from 'node:timers/promises'
import { eventually } from '@neotool/testkit/eventually'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession } from './people.ts'
import { namesInActivity, newProduct, renameProduct } from './products.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let token: string
beforeAll(async () => {
  stack = await startStack()
  token = (await newSession(stack.security)).accessToken
})
afterAll(() => stack?.[Symbol.asyncDispose]())

const OUTAGE_MS = 20_000
const WRITE_EVERY_MS = 100

describe('a broker that is down', () => {
  it('when app starts keeps it unready, not from starting; it becomes ready by itself', async () => {
    await stack.kafka.kill('SIGKILL')
    const app = await stack.startApp()
    expect((await app.health('live')).status).toBe(200)
    const health = await eventually(
      'an answer by which the database is well',
      async () => JSON.parse((await app.health('ready')).body),
      ({ checks }) => checks.database.status === 'ok',
    )
    expect(health).toMatchObject({
      status: 'failed',
      checks: {
        database: { status: 'ok' },
        revocations: { status: 'failed', detail: expect.stringContaining('neotool.security.revocations') },
        policies: { status: 'failed', detail: expect.stringContaining('neotool.security.policies') },
        kafka: { status: 'failed' },
      },
    })
    await stack.kafka.restart()
    await eventually(
      'readiness',
      () => app.health('ready'),
      (answer) => answer.status === 200,
    )
    expect(await app.end('SIGTERM')).toBe(0)
  })

  it('for 20 s under writes refuses none of them, loses none and changes no order', async () => {
    const app = await stack.startApp()
    await eventually(
      'readiness',
      () => app.health('ready'),
      ({ status }) => status === 200,
    )
    let isOver = false
    const write = async (writer: number) => {
      let product = await newProduct(app, token, `Desk ${writer}/1`)
      const names = [`Desk ${writer}/1`]
      for await (const _ of setInterval(WRITE_EVERY_MS)) {
        if (isOver) break
        const name = `Desk ${writer}/${names.length + 1}`
        product = await renameProduct(app, token, product, name)
        names.push(name)
      }
      return { productId: product.id, names }
    }
    const writers = Promise.all([1, 2, 3, 4, 5].map(write))
    const countEffects = async () => (await stack.sql('select from activity')).length
    await eventually('the first effects', countEffects, (count) => count > 20)
    await stack.kafka.kill('SIGKILL')
    const killedAt = Date.now()
    await eventually('the end of the outage', () => Date.now() - killedAt > OUTAGE_MS, Boolean, OUTAGE_MS + 5_000)
    expect((await app.health('live')).status).toBe(200)
    await stack.kafka.restart()
    isOver = true
    for (const { productId, names } of await writers) {
      expect(names.length).toBeGreaterThan(OUTAGE_MS / WRITE_EVERY_MS / 10)
      const activity = () => namesInActivity(app, token, productId)
      await eventually('all effects', activity, ({ length }) => length >= names.length, 180_000)
      expect(await activity()).toEqual(names)
    }
    expect(await app.end('SIGTERM')).toBe(0)
  }, 900_000)

  it('when app ends keeps it from nothing: exit 0, and what was not published is published later', async () => {
    const app = await stack.startApp()
    await eventually(
      'readiness',
      () => app.health('ready'),
      ({ status }) => status === 200,
    )
    await stack.kafka.kill('SIGKILL')
    const { id } = await newProduct(app, token, 'Lamp')
    expect(await app.end('SIGTERM')).toBe(0)
    await stack.kafka.restart()
    const later = await stack.startApp()
    await eventually(
      'the effect',
      () => namesInActivity(later, token, id),
      ({ length }) => length > 0,
    )
    expect(await namesInActivity(later, token, id)).toEqual(['Lamp'])
    expect(await later.end('SIGTERM')).toBe(0)
  })
})
