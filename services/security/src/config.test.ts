import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'

const env = {
  SECURITY_HTTP_PORT: '4002',
  SECURITY_POSTGRES_URL: 'postgres://role:pw@127.0.0.1:6432/neotool_security',
  SECURITY_POSTGRES_DIRECT_URL: 'postgres://role:pw@127.0.0.1:5432/neotool_security',
  SECURITY_KAFKA_BROKERS: '127.0.0.1:9092',
  SECURITY_TOKEN_ISSUER: 'http://127.0.0.1:4002',
  SECURITY_TOKEN_AUDIENCE: 'neotool',
  SECURITY_KEYSTORE_FILE: '/var/lib/keystore.json',
  SECURITY_KEYSTORE_MASTER_KEY_FILE: '/var/lib/master.key',
  SECURITY_SMTP_URL: 'smtps://mail:hush@smtp.example',
  SECURITY_MAIL_FROM: 'Neotool <no-reply@neotool.example>',
  SECURITY_WEB_URL: 'http://localhost:3000',
  SECURITY_REFRESH_TOKEN_KEY: Buffer.alloc(32, 7).toString('base64'),
  SECURITY_PERSONAL_DATA_KEY: Buffer.alloc(32, 8).toString('base64'),
  SECURITY_DATA_KEY: Buffer.alloc(32, 8).toString('base64'),
}

describe('loadConfig', () => {
  it('reads all settings and prints no secret', () => {
    const config = loadConfig({ ...env, PATH: '/bin' })
    expect(config.http).toEqual({ host: '127.0.0.1', port: 4002 })
    expect(config.isIntrospectionOn).toBe(false)
    expect(JSON.stringify(config)).not.toContain(env.SECURITY_REFRESH_TOKEN_KEY)
    expect(JSON.stringify(config)).not.toContain(env.SECURITY_PERSONAL_DATA_KEY)
    expect(JSON.stringify(config)).not.toContain(env.SECURITY_DATA_KEY)
    expect(JSON.stringify(config)).not.toContain('role:pw')
    expect(JSON.stringify(config)).not.toContain('hush')
    expect(config.refreshTokenKey.reveal()).toBe(env.SECURITY_REFRESH_TOKEN_KEY)
    expect(config.dataKey.reveal()).toBe(env.SECURITY_DATA_KEY)
  })

  it.each([Buffer.alloc(31).toString('base64'), 'not base64 at all', ''])('refuses %j as key', (key) => {
    expect(() => loadConfig({ ...env, SECURITY_REFRESH_TOKEN_KEY: key })).toThrow(
      'SECURITY_REFRESH_TOKEN_KEY: must be 32 bytes in base64',
    )
  })

  it.each(['http://smtp.example', 'smtp.example:25', ''])('refuses %j as mail server', (url) => {
    expect(() => loadConfig({ ...env, SECURITY_SMTP_URL: url })).toThrow('SECURITY_SMTP_URL: must look like smtp://')
  })

  it('names every fault at once', () => {
    const { SECURITY_MAIL_FROM: _left, ...rest } = env
    expect(() => loadConfig({ ...rest, SECURITY_HTTP_PORT: 'x', SECURITY_TYPO: '1' })).toThrow(
      /SECURITY_HTTP_PORT: [\s\S]*SECURITY_MAIL_FROM: is not set[\s\S]*SECURITY_TYPO: there is no such setting/,
    )
  })

  const { SECURITY_KEYSTORE_FILE: _file, SECURITY_KEYSTORE_MASTER_KEY_FILE: _key, ...keyless } = env
  const vault = { SECURITY_VAULT_ADDRESS: 'https://vault.example:8200' }
  const approle = { SECURITY_VAULT_APPROLE_FILE: '/run/approle.json' }
  const jwt = { SECURITY_VAULT_JWT_ROLE: 'neotool-security', SECURITY_VAULT_JWT_FILE: '/run/token' }

  it('finds the keys in a file or in Vault', () => {
    expect(loadConfig(env).keys).toEqual({
      kind: 'file',
      files: { file: '/var/lib/keystore.json', masterKeyFile: '/var/lib/master.key' },
    })
    const place = { address: 'https://vault.example:8200', mount: 'neotool', path: 'security/signing-keys' }
    expect(loadConfig({ ...keyless, ...vault, ...approle }).keys).toEqual({
      kind: 'vault',
      vault: { ...place, login: { kind: 'approle', file: '/run/approle.json' } },
    })
    expect(loadConfig({ ...keyless, ...vault, ...jwt }).keys).toEqual({
      kind: 'vault',
      vault: { ...place, login: { kind: 'jwt', role: 'neotool-security', file: '/run/token' } },
    })
  })

  it.each([
    ['no place for keys', keyless, 'set the one or the other'],
    ['two places', { ...env, ...vault, ...approle }, 'set the one or the other'],
    ['half a keystore', { ...keyless, SECURITY_KEYSTORE_FILE: 'x' }, 'SECURITY_KEYSTORE_MASTER_KEY_FILE: is not set'],
    ['no login', { ...keyless, ...vault }, 'SECURITY_VAULT_APPROLE_FILE: set it, or'],
    ['two logins', { ...keyless, ...vault, ...approle, ...jwt }, 'and not both'],
    ['half a login', { ...keyless, ...vault, SECURITY_VAULT_JWT_ROLE: 'x' }, 'SECURITY_VAULT_APPROLE_FILE: set it, or'],
    ['another scheme', { ...keyless, ...approle, SECURITY_VAULT_ADDRESS: 'ftp://x' }, 'SECURITY_VAULT_ADDRESS'],
  ])('refuses %s', (_what, settings, message) => {
    expect(() => loadConfig(settings)).toThrow(message)
  })
})
