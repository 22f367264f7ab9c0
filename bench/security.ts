/* npm run bench:security: how much security does with a core, beside the cryptography that it cannot do without. */
import { generateKeyPair, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { startKafkaServer } from '@neotool/platform/test-kafka'
import { startDatabaseServers } from '@neotool/platform/test-servers'
import { verify } from '@node-rs/argon2'
import { machineLine, markdownTable } from './src/machine.ts'
import { percentile } from './src/measured.ts'
import { measureSecurity } from './src/security-process.ts'
import { measureThroughput, type Throughput } from './src/throughput.ts'

const PASSWORD = 'four plain words together'
// As many passwords as security checks at a time.
const AT_ONCE = 2
const TOKEN_BYTES = 800

await using servers = await startDatabaseServers()
await using kafka = await startKafkaServer()
const { signIns, refreshes, clientTokens, ends, requests, passwordHash } = await measureSecurity(
  servers,
  kafka.bootstrapServers,
  PASSWORD,
)
const argon2 = await measureThroughput(AT_ONCE, () => verify(passwordHash, PASSWORD))
const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 4096 })
const signAsync = promisify(sign)
const rs256 = await measureThroughput(AT_ONCE, () => signAsync('sha256', Buffer.alloc(TOKEN_BYTES), privateKey))

const cells = ({ perSecond, perCore }: Throughput) => [perSecond.toFixed(0), perCore.toFixed(0)]
/** Which part of its processor time goes into what it cannot do without. */
const ratio = (measured: Throughput, ...needed: readonly Throughput[]) =>
  (measured.perCore * needed.reduce((sum, { perCore }) => sum + 1 / perCore, 0)).toFixed(2)
console.log(machineLine())
console.log(`Passwords: ${passwordHash.split('$').slice(1, 4).join(' ')}.\n`)
console.log(
  markdownTable([
    ['', '/s', '/s and core', 'ratio to the bare work'],
    ['sign-in', ...cells(signIns), `${ratio(signIns, argon2, rs256)} (Argon2id + RS256)`],
    ['refresh', ...cells(refreshes), `${ratio(refreshes, rs256)} (RS256)`],
    ['client-credentials token', ...cells(clientTokens), `${ratio(clientTokens, rs256)} (RS256)`],
    ['bare Argon2id', ...cells(argon2), ''],
    ['bare RS256 with RSA 4096', ...cells(rs256), ''],
  ]),
)

const milliseconds = (values: readonly number[]) =>
  [0.5, 0.99].map((share) => `${percentile(values, share).toFixed(1)} ms`)
console.log()
console.log(
  markdownTable([
    ['', 'p50', 'p99'],
    ['sign-out → refused by another replica', ...milliseconds(ends)],
    ['one request to it', ...milliseconds(requests)],
    ['ratio', ...[0.5, 0.99].map((share) => (percentile(ends, share) / percentile(requests, share)).toFixed(2))],
  ]),
)
