/** Runs Terraform for checks: with a mirror of providers and nothing else, so that it never asks the network. */
import { execa } from 'execa'
import { z } from 'zod'
import { PlatformError } from '../failure.ts'

const OLDEST = [1, 11] as const
const advice =
  'Install Terraform 1.11 or later, below 2 (https://developer.hashicorp.com/terraform/install), and run this again.'
const version = z.object({ terraform_version: z.string() })

/** Fails with advice unless there is a Terraform that reads our files; no package registry has it. */
export const assertTerraform = async (): Promise<void> => {
  const { exitCode, stdout, all } = await execa('terraform', ['version', '-json'], { all: true, reject: false })
  if (exitCode === undefined) {
    throw new PlatformError('The infrastructure is written in Terraform, and terraform was not found on the PATH.', {
      reason: 'prerequisite',
      advice,
    })
  }
  if (exitCode !== 0) {
    throw new PlatformError(`terraform says: ${all.trim()}`, { reason: 'prerequisite', advice })
  }
  const found = version.parse(JSON.parse(stdout)).terraform_version
  const [major = 0, minor = 0] = found.split('.').map(Number)
  if (major === OLDEST[0] && minor >= OLDEST[1]) return
  throw new PlatformError(`Terraform ${OLDEST.join('.')} or later, below 2, is needed; terraform is ${found}.`, {
    reason: 'prerequisite',
    advice,
  })
}

/** The text of a CLI configuration that takes providers from these directories alone. */
export const mirrorConfiguration = (mirrors: readonly string[]): string =>
  [
    'provider_installation {',
    ...mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }`),
    '}',
    '',
  ].join('\n')

export type Ended = { readonly exitCode: number; readonly stdout: string; readonly output: string }

export type Terraform = (directory: string, args: readonly string[]) => Promise<Ended>

/** A Terraform that works with such a configuration, a file; what it ends with is for the caller to judge. */
export const terraformWith =
  (configuration: string): Terraform =>
  async (directory, args) => {
    const { exitCode, stdout, all } = await execa('terraform', args, {
      cwd: directory,
      all: true,
      reject: false,
      maxBuffer: 2 ** 28,
      // Nobody is asked, and no version is looked up; variables of a person's shell would change what is checked.
      extendEnv: false,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TF_CLI_CONFIG_FILE: configuration,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        NO_COLOR: '1',
      },
    })
    return { exitCode: exitCode ?? 1, stdout, output: all }
  }
