import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../../../..')
const chart = join(root, 'infra/helm/neotool-service')
const read = (path: string): string => readFileSync(path, 'utf8')

/** Each value by its path: "autoscaling.minReplicas". A list and an empty object are values themselves. */
const leaves = (value: unknown, path = ''): readonly (readonly [string, unknown])[] => {
  const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  if (!isBranch) return [[path, value]]
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`))
}

/** The rows of the README's table of values: | `name` | `default` | meaning | */
const rows = (markdown: string): readonly (readonly [string, unknown])[] => {
  const [, table = ''] = markdown.split(/^## Values$/m)
  const cells = table.matchAll(/^\| `([^`]+)` \| `([^`]*)` \|/gm)
  return [...cells].map(([, name = '', value = '']) => [name, parse(value)])
}

describe('the README of the chart neotool-service', () => {
  it('names every value with its default', () => {
    const stated = rows(read(join(chart, 'README.md')))
    expect(Object.fromEntries(stated)).toEqual(Object.fromEntries(leaves(parse(read(join(chart, 'values.yaml'))))))
    expect(stated.length).toBe(new Set(stated.map(([name]) => name)).size)
  })
})

describe('how long a pod may take to end', () => {
  it('is what the service promises, the pause before it, and some room', () => {
    const [, deadlineMs] =
      /^const DEADLINE_MS = ([\d_]+)$/m.exec(read(join(root, 'packages/kit/src/shutdown.ts'))) ?? []
    const [, seconds] =
      /add \.Values\.preStopSeconds (\d+) \d+ \}\}/.exec(read(join(chart, 'templates/_helpers.tpl'))) ?? []
    expect(Number(seconds) * 1_000).toBe(Number(deadlineMs?.replaceAll('_', '')))
  })
})

describe('the heap of a service', () => {
  it('is the same in a pod as on one machine', () => {
    const source = read(join(root, 'packages/platform/src/components/service.ts'))
    const [, heapLimitMb] = /^const heapLimitMb = (\d+)$/m.exec(source) ?? []
    expect(parse(read(join(chart, 'values.yaml'))).heapLimitMb).toBe(Number(heapLimitMb))
  })
})
