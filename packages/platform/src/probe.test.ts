import { expect, test } from 'vitest'
import { PlatformError } from './failure.ts'
import { askedAgain, waitUntilReady } from './probe.ts'

const failingTwice = () => {
  let asked = 0
  return async () => {
    asked += 1
    if (asked < 3) throw new PlatformError('kubectl exited with code 1.', { logLines: ['first', 'not yet'] })
  }
}

test('a fault ends a wait, unless its work is asked again', async () => {
  const options = { withinMs: 5_000, everyMs: 1 }
  await expect(waitUntilReady('It', failingTwice(), options)).rejects.toThrow('kubectl exited with code 1.')
  await waitUntilReady('It', askedAgain(failingTwice()), options)
})

test('what it printed last is the last answer', async () => {
  const never = async () => {
    throw new PlatformError('kubectl exited with code 1.', { logLines: ['first', 'not yet'] })
  }
  await expect(waitUntilReady('It', askedAgain(never), { withinMs: 0 })).rejects.toThrow('(last: not yet)')
})

test('an abort ends it, whatever the work says', async () => {
  const abort = new AbortController()
  const ask = async () => {
    abort.abort(new Error('interrupted'))
    throw new PlatformError('kubectl was ended by SIGTERM.')
  }
  await expect(askedAgain(ask, abort.signal)()).rejects.toThrow('interrupted')
})
