import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { redactorOf } from './redact.ts'

test('a known secret goes, however it is written', () => {
  const secret = `${randomBytes(31).toString('base64').slice(0, 40)}+/=`
  const raw = Buffer.from(secret, 'base64')
  const written = [secret, encodeURIComponent(secret), raw.toString('base64url'), raw.toString('hex')]
  const redacted = redactorOf([secret])(written.map((each) => `before ${each} after`).join('\n'))
  for (const each of written) expect(redacted).not.toContain(each)
  expect(redacted.match(/before .* after/g)).toHaveLength(written.length)
})

test.each([
  ['postgres://neotool_app:s3cr3t@127.0.0.1:5432/db', 's3cr3t'],
  ['{"password":"walnut \\"desks\\"","x":1}', 'walnut'],
  ['{"msg":"mail to ana.lima+shop@example.co.uk sent"}', 'ana.lima'],
  ['GET /verify-email?token=abcDEF123&next=/ 200', 'abcDEF123'],
  ['GET /x?X-Amz-Signature=0a1b2c 403', '0a1b2c'],
  ['authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
  ['cookie: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'c2ln'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', 'MIIE'],
])('what looks like a secret or a person goes: %s', (text, secret) => {
  expect(redactorOf([])(text)).not.toContain(secret)
})

test('what helps to find a fault stays', () => {
  const line =
    '{"level":50,"reason":"TOKEN_EXPIRED","traceId":"4bf92f3577b34da6","url":"http://127.0.0.1:4001/health/ready"}'
  expect(redactorOf([])(line)).toBe(line)
})
