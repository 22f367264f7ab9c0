import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Nesting, type ProviderSchema, providerSchemaOf } from './cdktf-schema.ts'

let directory = ''

const member = (name: string, mode: string, body: string) => `
  // ${name} - computed: ${mode[0] === 'c'}, optional: ${mode.includes('o')}, required: ${mode.includes('r')}
  ${body}
`

const disk = `
export class MachineDiskOutputReference extends cdktf.ComplexObject {
${member('size', 'o', "private _size?: number;\n  public get size() { return this.getNumberAttribute('size'); }")}
}
`

const machine = `
${disk}
export class MachineDiskList extends cdktf.ComplexList {
}
export class Machine extends cdktf.TerraformResource {
  public static readonly tfResourceType = "moon_machine";
  providerVersion: '1.2.3',
${member('name', 'r', "private _name?: string;\n  public get name() { return this.getStringAttribute('name'); }")}
${member('id', 'c', "public get id() { return this.getStringAttribute('id'); }")}
${member('groups', 'co', "public get groups() { return cdktf.Fn.tolist(this.getListAttribute('groups')); }")}
${member('tags', 'o', "public get tags() { return this.getStringMapAttribute('tags'); }")}
${member('boot_disk', 'r', 'private _bootDisk = new MachineDiskOutputReference(this, "boot_disk");')}
${member('disk', 'o', 'private _disk = new MachineDiskList(this, "disk", true);')}
}
`

const provider = `
export interface MoonProviderConfig {
  /**
  * Docs at Terraform Registry: {@link https://registry.example/moon/1.2.3/docs#region MoonProvider#region}
  */
  readonly region: string;
  /**
  * Docs at Terraform Registry: {@link https://registry.example/moon/1.2.3/docs#default_tags MoonProvider#default_tags}
  */
  readonly defaultTags?: MoonProviderDefaultTags[] | cdktf.IResolvable;
}
export interface MoonProviderDefaultTags {
  /**
  * Docs at Terraform Registry: {@link https://registry.example/moon/1.2.3/docs#tags MoonProvider#tags}
  */
  readonly tags?: { [key: string]: string };
}
export class MoonProvider extends cdktf.TerraformProvider {
  public static readonly tfResourceType = "moon";
}
`

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'neotool-cdktf-'))
  for (const [name, source] of Object.entries({ machine, provider })) {
    mkdirSync(join(directory, 'lib', name), { recursive: true })
    const map = Buffer.from(JSON.stringify({ sourcesContent: [source] })).toString('base64')
    const text = `"use strict";\n//# sourceMappingURL=data:application/json;base64,${map}\n`
    writeFileSync(join(directory, 'lib', name, 'index.js'), text)
  }
})

afterAll(() => rmSync(directory, { recursive: true }))

const machineOf = (nesting: Nesting) => providerSchemaOf(directory, nesting).resource_schemas.moon_machine?.block
const size = { type: 'number', required: false, optional: true, computed: false }

test('attributes have their types and modes', () => {
  expect(machineOf('blocks')?.attributes).toEqual({
    name: { type: 'string', required: true, optional: false, computed: false },
    id: { type: 'string', required: false, optional: false, computed: true },
    groups: { type: ['set', 'string'], required: false, optional: true, computed: true },
    tags: { type: ['map', 'string'], required: false, optional: true, computed: false },
  })
})

test('nested objects are blocks: a single one once at most, and once at least where it is required', () => {
  const block = { attributes: { size }, block_types: {} }
  expect(machineOf('blocks')?.block_types).toEqual({
    boot_disk: { nesting_mode: 'list', min_items: 1, max_items: 1, block },
    disk: { nesting_mode: 'set', min_items: 0, max_items: 0, block },
  })
})

test('or attributes, where the provider makes them so', () => {
  expect(machineOf('attributes')?.attributes.boot_disk).toEqual({
    required: true,
    optional: false,
    computed: false,
    nested_type: { nesting_mode: 'single', attributes: { size } },
  })
})

test("the provider's own settings, and its version", () => {
  const schema: ProviderSchema = providerSchemaOf(directory, 'blocks')
  expect(schema.version).toBe('1.2.3')
  expect(schema.provider.block).toEqual({
    attributes: { region: { type: 'string', required: true, optional: false, computed: false } },
    block_types: {
      default_tags: {
        nesting_mode: 'list',
        min_items: 0,
        max_items: 0,
        block: {
          attributes: { tags: { type: ['map', 'string'], required: false, optional: true, computed: false } },
          block_types: {},
        },
      },
    },
  })
})
