import { assertTerraform } from '@neotool/platform/terraform/program'
import { ensurePythonFor } from './infra.ts'
import type { Suite } from './suite.ts'
import { vitestSuite } from './vitest.ts'

/** The machines are described and not made: providers are mocks, and no account of a cloud is needed. */
export const terraformSuite: Suite = vitestSuite(
  'terraform',
  'machines, networks and storage: form, risks, and what would be made, with mocks of the clouds',
  async (signal) => {
    await assertTerraform()
    await ensurePythonFor('The check of Terraform', signal)
  },
)
