/*
 * The schema of a Terraform provider, recovered from its package for the CDK for Terraform. Those packages are generated from the
 * schema, and the source that is kept in their maps says of every attribute whether it is required, optional or computed, and
 * of what type. Not in it: what a provider checks itself (enums, conflicts), which attributes are sensitive, and whether a nested
 * object is a block or an attribute: that is said for each provider.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

type Type = string | readonly [string, Type]
type Mode = { readonly required: boolean; readonly optional: boolean; readonly computed: boolean }
type Attribute = Mode &
  (
    | { readonly type: Type }
    | { readonly nested_type: { readonly nesting_mode: string; readonly attributes: Record<string, Attribute> } }
  )
type Block = { readonly attributes: Record<string, Attribute>; readonly block_types: Record<string, NestedBlock> }
type NestedBlock = {
  readonly nesting_mode: string
  readonly min_items: number
  readonly max_items: number
  readonly block: Block
}
type Schemas = Record<string, { readonly block: Block }>

export type ProviderSchema = {
  readonly version: string
  readonly provider: { readonly block: Block }
  readonly resource_schemas: Schemas
  readonly data_source_schemas: Schemas
}

/** How the provider takes nested objects: the older kit of providers makes blocks of them, the newer one attributes. */
export type Nesting = 'blocks' | 'attributes'

type Class = { readonly base: string; readonly text: string }

const MAP = /sourceMappingURL=data:application\/json;base64,(\S+)/
const mapSchema = z.object({ sourcesContent: z.array(z.string()) })

const sourceOf = (directory: string): string =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.js'))
    .map((name) => MAP.exec(readFileSync(join(directory, name), 'utf8'))?.[1])
    .filter((encoded) => encoded !== undefined)
    .flatMap((encoded) => mapSchema.parse(JSON.parse(Buffer.from(encoded, 'base64').toString())).sourcesContent)
    .join('\n')

const classesIn = (source: string): Map<string, Class> => {
  const texts = source.split(/^export class /m).slice(1)
  return new Map(
    texts.flatMap((text): [string, Class][] => {
      const [, name, base] = /^(\w+) extends (?:\w+\.)?(\w+)/.exec(text) ?? []
      return name === undefined || base === undefined ? [] : [[name, { base, text }]]
    }),
  )
}

const GETTERS: Readonly<Record<string, Type>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'bool',
  StringMap: ['map', 'string'],
  NumberMap: ['map', 'number'],
  BooleanMap: ['map', 'bool'],
  AnyMap: ['map', 'string'],
}

/** What its getter says; where it says nothing, text, which converts from most. */
const typeOf = (text: string): Type => {
  const [, getter = ''] = /this\.get(\w+?)Attribute\(/.exec(text) ?? []
  const collection = text.includes('tolist(') ? 'set' : 'list'
  if (getter === 'List') return [collection, 'string']
  if (getter === 'NumberList') return [collection, 'number']
  const [, mapped] = /= new cdktf\.(String|Number|Boolean)Map\(/.exec(text) ?? []
  const [, plain] = /private _\w+\?: (string|number|boolean)\b/.exec(text) ?? []
  return GETTERS[getter] ?? GETTERS[`${mapped}Map`] ?? (plain === 'boolean' ? 'bool' : (plain ?? 'string'))
}

const NESTED = /= new (\w+)\(this, "\w+"(?:, (true|false))?\)/
const MEMBER = /^(\w+) - computed: (true|false), optional: (true|false), required: (true|false)/

// Some schemas contain themselves (rules of rules); nobody writes one deeper than this.
const DEEPEST = 12

const blockOf = (name: string, classes: ReadonlyMap<string, Class>, nesting: Nesting, depth = 0): Block => {
  const block: Block = { attributes: {}, block_types: {} }
  const text = depth > DEEPEST ? '' : (classes.get(name)?.text ?? '')
  for (const member of text.split(/^ {2}\/\/ (?=\w+ - computed: )/m).slice(1)) {
    const [, key = '', computed, optional, required] = MEMBER.exec(member) ?? []
    const mode = {
      required: required === 'true',
      optional: optional === 'true',
      computed: computed === 'true' && required !== 'true',
    }
    // The members of a class are short; what follows the last one of them is another class.
    const body = member.slice(0, 900)
    const [, inner = '', isSet] = NESTED.exec(body) ?? []
    const base = classes.get(inner)?.base
    if (base === undefined) {
      block.attributes[key] = { ...mode, type: typeOf(body) }
      continue
    }
    const many =
      base === 'ComplexMap' ? 'map' : base === 'ComplexList' ? (isSet === 'true' ? 'set' : 'list') : undefined
    const element = inner.endsWith('OutputReference') ? inner : `${inner.replace(/(List|Map)$/, '')}OutputReference`
    const content = blockOf(element, classes, nesting, depth + 1)
    if (nesting === 'attributes' || (mode.computed && !mode.optional)) {
      const nesting_mode = many ?? (nesting === 'attributes' ? 'single' : 'list')
      block.attributes[key] = { ...mode, nested_type: { nesting_mode, attributes: content.attributes } }
    } else {
      block.block_types[key] = {
        nesting_mode: key === 'timeouts' ? 'single' : (many ?? 'list'),
        min_items: mode.required && many !== 'map' ? 1 : 0,
        max_items: many === undefined && key !== 'timeouts' ? 1 : 0,
        block: content,
      }
    }
  }
  return block
}

const SETTING = /#(\w+) \w+#\w+\}\s*\*\/\s*readonly \w+(\?)?: ([^;]+);/g
const SETTING_TYPES: Readonly<Record<string, Type>> = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
  'string[]': ['list', 'string'],
  'number[]': ['list', 'number'],
  '{ [key: string]: string }': ['map', 'string'],
}

/** Settings of the provider itself have no classes that name their types: an interface of TypeScript says them. */
const settingsOf = (name: string, source: string): Block => {
  const block: Block = { attributes: {}, block_types: {} }
  const [, body = ''] = new RegExp(`^export interface ${name} [^{]*\\{(.*?)^\\}`, 'ms').exec(source) ?? []
  for (const [, key = '', optional, declared = ''] of body.matchAll(SETTING)) {
    const written = declared.replace(' | cdktf.IResolvable', '').trim()
    const type = SETTING_TYPES[written]
    const required = optional === undefined
    if (type !== undefined) block.attributes[key] = { type, required, optional: !required, computed: false }
    else {
      const content = settingsOf(written.replace('[]', ''), source)
      block.block_types[key] = { nesting_mode: 'list', min_items: required ? 1 : 0, max_items: 0, block: content }
    }
  }
  return block
}

/** Reads the package in a directory. */
export const providerSchemaOf = (directory: string, nesting: Nesting): ProviderSchema => {
  const resources: Schemas = {}
  const data: Schemas = {}
  let provider: Block = { attributes: {}, block_types: {} }
  let version = ''
  const folders = readdirSync(join(directory, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name: folder } of folders) {
    const source = sourceOf(join(directory, 'lib', folder))
    version ||= /providerVersion: '([^']+)'/.exec(source)?.[1] ?? ''
    const classes = classesIn(source)
    for (const [name, { base, text }] of classes) {
      const [, type] = /tfResourceType = "([^"]+)"/.exec(text) ?? []
      if (type === undefined) continue
      if (base === 'TerraformResource') resources[type] = { block: blockOf(name, classes, nesting) }
      if (base === 'TerraformDataSource') data[type] = { block: blockOf(name, classes, nesting) }
      if (base === 'TerraformProvider') provider = settingsOf(`${name}Config`, source)
    }
  }
  return { version, provider: { block: provider }, resource_schemas: resources, data_source_schemas: data }
}
