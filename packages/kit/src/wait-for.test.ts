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

  it.each([
    [new Error('outer', { cause: new Error('middle', { cause: new Error('inner') }) }), 'outer (inner)'],
    [new Error('no: inner', { cause: new Error('inner') }), 'no: inner'],
    [new Error('outer', { cause: refused }), 'outer (ECONNREFUSED)'],
    [refused, 'ECONNREFUSED'],
    ['a text', 'a text'],
  ])('%# names the innermost cause beside the message', (error, reason) => {
    expect(reasonOf(error)).toBe(reason)
  })
})
