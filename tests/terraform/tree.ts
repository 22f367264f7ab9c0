import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Its own Terraform, which no check writes into. */
export const terraformRoot = join(root, 'infra/terraform')

/** Of infra, what Terraform's files read; `from` is an infra directory, or a copy of one. */
const COPIED = ['terraform', 'kubernetes/overlays/prod/storage']

/** A copy of infra's Terraform that may be changed; links into the mirror are kept as they are. */
export const copyOf = async (from: string): Promise<AsyncDisposable & { readonly terraform: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'neotool-terraform-'))
  for (const path of COPIED) {
    await cp(join(from, path), join(directory, path), { recursive: true, verbatimSymlinks: true })
  }
  return {
    terraform: join(directory, 'terraform'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}

/** Puts one text in the place of another; a test that changes nothing would prove nothing. */
export const edit = async (file: string, from: string, to: string): Promise<void> => {
  const text = await readFile(file, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no "${from}".`)
  await writeFile(file, text.replace(from, to))
}
