import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillIn, nodeFiles, nodeLayout, readNodeFile } from './layout.ts'

describe('nodeLayout', () => {
  it.each(['relative/path', `/${'long'.repeat(20)}`])('refuses %s', (directory) => {
    expect(() => nodeLayout(directory)).toThrow('cannot be the directory of a node')
  })

  it('gives two nodes two control groups', () => {
    expect(nodeLayout('/var/one').cgroup).not.toBe(nodeLayout('/var/other').cgroup)
  })
})

describe("the node's files", () => {
  const layout = nodeLayout('/var/lib/node')

  it('are filled in with its values', () => {
    expect(fillIn('a: @DIRECTORY@/x\nb: @DIRECTORY@\nc: @CGROUP@', layout)).toBe(
      `a: /var/lib/node/x\nb: /var/lib/node\nc: ${layout.cgroup}`,
    )
  })

  const files = readdirSync(nodeFiles, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|toml|conf|conflist)$/.test(name),
  )

  it.each(files)('%s asks for no other value', async (name) => {
    // Its first comment may name them.
    const text = (await readNodeFile(layout, name)).split('\n').filter((line) => !line.trim().startsWith('#'))
    expect(text.join('\n')).not.toMatch(/@[A-Z]+@/)
    expect(join(nodeFiles, name)).toContain('kubernetes-node/')
  })
})
