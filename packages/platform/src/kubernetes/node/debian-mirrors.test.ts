import { expect, test } from 'vitest'
import { mirrorsIn } from './debian-mirrors.ts'

test('reads the mirrors of the newer format', () => {
  const sources = `Types: deb
# http://snapshot.example/archive/debian/20250520T000000Z
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates

Types: deb
URIs: https://mirror.example/debian-security
Suites: bookworm-security`
  expect(mirrorsIn(sources)).toEqual({
    main: 'http://mirror.example/debian',
    security: 'https://mirror.example/debian-security',
  })
})

test('reads the mirrors of the older format, and takes no other repository for one', () => {
  const sources = `deb https://packages.example/apt cloud-sdk main
deb [signed-by=/usr/share/keyrings/debian.gpg] http://first.example/debian bookworm main
deb http://second.example/debian bookworm-updates main`
  expect(mirrorsIn(sources)).toEqual({ main: 'http://first.example/debian' })
})
