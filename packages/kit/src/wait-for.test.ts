import { describe, expect, it } from 'vitest'
import { reasonOf, waitFor } from './wait-for.ts'

/** Work that fails with each of these in turn, the last one for ever, or ends with what it ends with. */
const failing = (...errors: readonly Error[]) => {
  const left = [...errors]
  return async () => {
    const error = left.shift()
    if (error !== undefined) throw error
    return 'done'
  }
}

describe('waitFor', () => {
  it('says each new reason once and returns what the work does in the end', async () => {
    const said: string[] = []
    const work = failing(new Error('no server'), new Error('no server'), new Error('no role'))
    expect(await waitFor(work, { withinSeconds: 60, say: (line) => said.push(line) })).toBe('done')
    expect(said).toEqual(['waiting: no server', 'waiting: no role'])
  })

  it('throws at once what does not pass', async () => {
    const said: string[] = []
    const patience = { withinSeconds: 60, say: (line: string) => said.push(line) }
    const work = failing(new TypeError('a defect'))
    await expect(waitFor(work, patience, (error) => !(error instanceof TypeError))).rejects.toThrow('a defect')
    expect(said).toEqual([])
  })

  it('throws the last error after the time', async () => {
    const work = failing(new Error('first'), new Error('last'), new Error('never'))
    await expect(waitFor(work, { withinSeconds: 0.5, say: () => {} })).rejects.toThrow('last')
  })
})

describe('the reason of an error', () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })

  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND vault'), { code: 'ENOTFOUND' })

  it.each([
    [new Error('outer', { cause: new Error('middle', { cause: unknown }) }), 'outer (getaddrinfo ENOTFOUND vault)'],
    [new Error('outer', { cause: new Error('the same in other words') }), 'outer'],
    [new Error('no: getaddrinfo ENOTFOUND vault', { cause: unknown }), 'no: getaddrinfo ENOTFOUND vault'],
    [new Error('outer', { cause: refused }), 'outer (ECONNREFUSED)'],
    [refused, 'ECONNREFUSED'],
    ['a text', 'a text'],
  ])('%# names the fault of the network beside the message', (error, reason) => {
    expect(reasonOf(error)).toBe(reason)
  })
})
