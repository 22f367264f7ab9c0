import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './platform.ts'

export type Checkout = AsyncDisposable & { readonly directory: string }

// What the command reads of a checkout; its programs come from the packages that are installed.
const READ = ['package.json', 'packages/cli', 'infra', 'contracts', 'gateway/apollo-router', 'tests/cluster']

/** A checkout in which somebody has given images of the local environment a tag that no registry has. */
export const checkoutWithoutImages = async (...names: readonly string[]): Promise<Checkout> => {
  const directory = await mkdtemp(join(tmpdir(), 'neotool-checkout-'))
  for (const path of READ) await cp(join(root, path), join(directory, path), { recursive: true, filter: isSource })
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'))
  const file = join(directory, 'infra/kubernetes/overlays/local/images/kustomization.yaml')
  let text = await readFile(file, 'utf8')
  for (const name of names) {
    const before = text
    text = text.replace(new RegExp(`(name: ${name}, newTag: )[^ ,}]+`), '$1nowhere')
    if (text === before) throw new Error(`${file} names no tag of ${name}`)
  }
  await writeFile(file, text)
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) }
}

const isSource = (path: string): boolean => !/\/(node_modules|\.terraform)(\/|$)/.test(path)
