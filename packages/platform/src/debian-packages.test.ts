import { expect, test } from 'vitest'
import { missingPackages } from './debian-packages.ts'

test('names the packages whose program or file is missing', () => {
  const files = { dash: 'sh', coreutils: '/bin/ls', nothing: 'no-such-program', 'no-folder': '/no/such/program' }
  expect(missingPackages(files)).toEqual(['nothing', 'no-folder'])
})

test('takes no file that cannot be run', () => {
  expect(missingPackages({ 'base-files': '/etc/passwd' })).toEqual(['base-files'])
})
