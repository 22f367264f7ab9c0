import { expect, test } from 'vitest'
import { differingFiles, javaMajorVersion, mavenVersion } from './kafka.ts'

test.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.2"', 11],
  ['No Java runtime present', undefined],
])('reads the version of Java in %j', (output, version) => {
  expect(javaMajorVersion(output)).toBe(version)
})

test('reads the version of Maven, coloured or not', () => {
  expect(mavenVersion('\u001b[1mApache Maven 3.8.7\u001b[m\nMaven home: /usr/share/maven')).toEqual([3, 8, 7])
  expect(mavenVersion('mvn: broken')).toBeUndefined()
})

test('names files that were changed, are missing or should not be there', () => {
  const line = (digit: string, name: string) => `${digit.repeat(64)}  ${name}\n`
  const committed = line('a', 'one.jar') + line('b', 'two.jar') + line('c', 'three.jar')
  expect(differingFiles(committed, committed)).toEqual([])
  const fetched = line('a', 'one.jar') + line('d', 'two.jar') + line('e', 'surplus.jar')
  expect(differingFiles(committed, fetched)).toEqual(['surplus.jar', 'three.jar', 'two.jar'])
})
