/*
 * `npm ci` refuses a package-lock.json that does not name the optional packages of every platform, and a registry
 * mirror that does not carry them makes npm leave them out. They are never installed on Linux with glibc, so naming
 * them is enough. `npm run lock` does that after a dependency was added; a test says when it is due.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkout } from './checkout.ts'

const lockedPackage = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const lockFile = z.looseObject({ packages: z.record(z.string(), lockedPackage) })

type LockFile = z.infer<typeof lockFile>
type OptionalPackage = { readonly name: string; readonly version: string; readonly isDev: boolean }

const path = join(checkout, 'package-lock.json')

export const readLockFile = (): LockFile => lockFile.parse(JSON.parse(readFileSync(path, 'utf8')))

/** The optional packages that some locked package names and the lock file does not hold. */
export const missingOptionalPackages = ({ packages }: LockFile): OptionalPackage[] => {
  const held = new Set(
    Object.keys(packages).map((location) =>
      location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length),
    ),
  )
  return Object.values(packages).flatMap(({ optionalDependencies = {}, dev = false }) =>
    Object.entries(optionalDependencies).flatMap(([name, version]) =>
      held.has(name) ? [] : [{ name, version, isDev: dev }],
    ),
  )
}

// Such packages carry their platform in their name: @swc/core-linux-arm64-musl.
const among = (name: string, known: readonly string[]) => name.split(/[-/]/).filter((word) => known.includes(word))

const entryOf = ({ name, version, isDev }: OptionalPackage) => {
  const libc = among(name, ['musl'])
  return {
    version,
    cpu: among(name, ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']),
    ...(isDev && { dev: true }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    os: among(name, ['android', 'darwin', 'freebsd', 'linux', 'win32']),
  }
}

/** The lock file with an entry for each missing package, in npm's order. */
export const completeLockFile = (lock: LockFile): LockFile => {
  const added = missingOptionalPackages(lock).map((each) => [`node_modules/${each.name}`, entryOf(each)] as const)
  const all = [...Object.entries(lock.packages), ...added].sort(([one], [other]) => one.localeCompare(other, 'en'))
  return { ...lock, packages: Object.fromEntries(all) }
}

if (import.meta.main) writeFileSync(path, `${JSON.stringify(completeLockFile(readLockFile()), null, 2)}\n`)
