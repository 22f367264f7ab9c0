import { readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { PlatformError } from '@neotool/platform/failure'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { serviceArgument } from './options.ts'

const template =
  '-- Why this change. It must be safe beside the release before it, which runs until this one is ready.\n\n'

/** The name of the migration that comes after these. */
export const nextMigration = (existing: readonly string[], name: string): string => {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)) {
    throw new PlatformError(`"${name}" cannot be the name of a migration.`, {
      reason: 'usage',
      advice: 'Use a verb and a noun in lower case: add-price-index',
    })
  }
  const last = Math.max(
    0,
    ...existing.flatMap((file) => (/^\d{4}-.*\.sql$/.test(file) ? [Number(file.slice(0, 4))] : [])),
  )
  return `${String(last + 1).padStart(4, '0')}-${name}.sql`
}

const newMigration = (service: string, name: string) => {
  const folder = join(checkout, 'services', service, 'migrations')
  const file = join(folder, nextMigration(readdirSync(folder), name))
  // wx: never over a file that somebody else has just made.
  writeFileSync(file, template, { flag: 'wx' })
  console.log(`${relative(process.cwd(), file)}\nWrite plain SQL into it; ./neotool up applies it.`)
}

export const newMigrationCommand = new Command('new-migration')
  .description("make a service's next migration file")
  .addArgument(serviceArgument())
  .argument('<name>', 'a verb and a noun: add-price-index')
  .action(newMigration)
