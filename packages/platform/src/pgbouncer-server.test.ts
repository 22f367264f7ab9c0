import { expect, test } from 'vitest'
import { pgbouncerIni } from './pgbouncer-server.ts'

test('each database has its pool, in transaction mode, for clients of this machine only', () => {
  const ini = pgbouncerIni({ port: 1, postgresPort: 2, databases: { one: 20, '*': 5 }, roles: {} }, '/users')
  expect(ini).toContain('one = host=127.0.0.1 port=2 pool_size=20\n* = host=127.0.0.1 port=2 pool_size=5\n[pgbouncer]')
  expect(ini).toContain('listen_addr = 127.0.0.1\nlisten_port = 1\n')
  expect(ini).toContain('pool_mode = transaction\n')
})
