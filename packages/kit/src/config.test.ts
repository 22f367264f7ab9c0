import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flag, loadSettings, port, postgresUrl, serviceSettings } from './config.ts'

const shape = { HTTP_PORT: port, POSTGRES_URL: postgresUrl, INTROSPECTION: flag.default(false), NAME: z.string() }
const good = { APP_HTTP_PORT: '4001', APP_POSTGRES_URL: 'postgres://app:hush@localhost:5432/app', APP_NAME: 'x' }

describe('loadSettings', () => {
  it('reads the variables of its own prefix and no others', () => {
    const settings = loadSettings({ ...good, SECURITY_HTTP_PORT: 'nonsense', PATH: '/bin' }, 'APP', shape)
    expect(settings).toMatchObject({ HTTP_PORT: 4001, INTROSPECTION: false })
  })

  it('lists all faults at once, by the full names of the variables', () => {
    const env = { APP_HTTP_PORT: '99999', APP_POSTGRES_URL: 'mysql://x', APP_INTROSPECTION: 'yes', APP_NMAE: 'x' }
    const read = () => loadSettings(env, 'APP', shape)
    for (const name of ['APP_HTTP_PORT', 'APP_POSTGRES_URL', 'APP_INTROSPECTION', 'APP_NAME: is not set']) {
      expect(read).toThrow(name)
    }
    expect(read).toThrow('APP_NMAE: there is no such setting')
  })

  it('never shows the value of a wrong secret', () => {
    const env = { ...good, APP_POSTGRES_URL: 'mysql://app:hush@localhost/app' }
    expect(() => loadSettings(env, 'APP', shape)).toThrow(/^((?!hush)[\s\S])*$/)
  })

  it('keeps a secret out of text, JSON and inspection', async () => {
    const { POSTGRES_URL } = loadSettings(good, 'APP', shape)
    const { inspect } = await import('node:util')
    for (const shown of [`${POSTGRES_URL}`, JSON.stringify({ POSTGRES_URL }), inspect({ POSTGRES_URL })]) {
      expect(shown).not.toContain('hush')
    }
    expect(POSTGRES_URL.reveal()).toContain('hush')
  })

  it('reads names of mutations, and none where there are none', () => {
    const read = (value?: string) =>
      loadSettings({ APP_VERIFIED_EMAIL_MUTATIONS: value }, 'APP', {
        VERIFIED_EMAIL_MUTATIONS: serviceSettings.VERIFIED_EMAIL_MUTATIONS,
      }).VERIFIED_EMAIL_MUTATIONS
    expect(read()).toEqual([])
    expect(read('save, remove,')).toEqual(['save', 'remove'])
    expect(() => read('save remove')).toThrow('APP_VERIFIED_EMAIL_MUTATIONS')
  })

  it('takes an empty variable for a fault, not for an absent one', () => {
    expect(() => loadSettings({ APP_LOG_LEVEL: '' }, 'APP', { LOG_LEVEL: serviceSettings.LOG_LEVEL })).toThrow(
      'APP_LOG_LEVEL',
    )
  })
})
