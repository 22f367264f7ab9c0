import { createMetrics } from '@neotool/kit/telemetry'
import { hash } from '@node-rs/argon2'
import { beforeAll, describe, expect, it } from 'vitest'
import { chosenPassword } from './password.ts'
import { createPasswordHasher, type PasswordHasher } from './password-hasher.ts'

const right = chosenPassword.parse('correct horse battery')
const wrong = chosenPassword.parse('correct horse bakery!')

let hasher: PasswordHasher
beforeAll(async () => {
  hasher = await createPasswordHasher(createMetrics('test'))
})

describe('the password hasher', () => {
  it("uses Argon2id with OWASP's parameters and a salt of its own for each hash", async () => {
    const [one, other] = await Promise.all([hasher.hash(right), hasher.hash(right)])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(other)
  })

  it('knows the right password', async () => {
    const stored = await hasher.hash(right)
    expect(await hasher.verify(right, stored)).toEqual({ isRight: true, isOutdated: false })
    expect(await hasher.verify(wrong, stored)).toEqual({ isRight: false, isOutdated: false })
  })

  it('finds every password wrong for somebody who is not there', async () => {
    expect(await hasher.verify(right, undefined)).toEqual({ isRight: false, isOutdated: false })
  })

  it.each([
    { memoryCost: 12_288, timeCost: 3 },
    { memoryCost: 19_456, timeCost: 1 },
    { memoryCost: 19_456, timeCost: 2, outputLen: 16 },
  ])('asks for a new hash where the right password was hashed with %j', async (former) => {
    const stored = await hash(right, { parallelism: 1, ...former })
    expect(await hasher.verify(right, stored)).toEqual({ isRight: true, isOutdated: true })
    expect(await hasher.verify(wrong, stored)).toEqual({ isRight: false, isOutdated: false })
  })

  it('refuses a flood instead of hashing without end', async () => {
    const flood = await Promise.allSettled(Array.from({ length: 200 }, () => hasher.verify(wrong, undefined)))
    const refused = flood.filter(({ status }) => status === 'rejected')
    // Two run, 64 wait.
    expect(refused).toHaveLength(134)
    expect(refused[0]).toMatchObject({ reason: { kind: 'unavailable', reason: 'TOO_BUSY' } })
    expect(await hasher.verify(wrong, undefined)).toEqual({ isRight: false, isOutdated: false })
    // Sixty-seven hashes in all: seconds on a machine that is busy with other tests.
  })
})
