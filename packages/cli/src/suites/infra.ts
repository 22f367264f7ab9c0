import { assertPython } from '@neotool/platform/binaries/python'
import { isRoot } from '@neotool/platform/data-owner'
import { withPackages } from './packages.ts'
import type { Suite } from './suite.ts'
import { vitestSuite } from './vitest.ts'

/** Makes sure of a Python that can make environments, as root by Debian's package. */
export const ensurePythonFor = async (what: string, signal: AbortSignal): Promise<void> => {
  await assertPython(what).catch(async (error: unknown) => {
    if (!isRoot()) throw error
    // Debian keeps the module that makes environments apart from Python itself.
    await withPackages(`${what} needs Python`, { 'python3-venv': '/usr/share/doc/python3-venv' })(signal)
    await assertPython(what)
  })
}

/** Manifests are looked at and not applied: no cluster is needed. */
export const infraSuite: Suite = vitestSuite(
  'infra',
  'the manifests: schemas, risks, and what is true of them together',
  (signal) => ensurePythonFor('The check of manifests', signal),
)
