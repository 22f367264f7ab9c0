/** What is found in Terraform's files; each check answers in words, and nothing where all is well. */
import { readdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { checkovCommand } from '../binaries/checkov.ts'
import { terraformDocsProgram } from '../binaries/terraform-docs.ts'
import { tflintProgram } from '../binaries/tflint.ts'
import { PlatformError } from '../failure.ts'
import type { Finding } from '../kubernetes/checks/finding.ts'
import type { Ended, Terraform } from './program.ts'

/** The directories below one that are Terraform modules, by what they are called from there; environments last. */
export const modulesBelow = async (root: string): Promise<string[]> => {
  const files = await readdir(root, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.name === 'versions.tf' && !file.parentPath.includes('.terraform/'))
    .map((file) => relative(root, file.parentPath))
    .sort()
    .reverse()
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Fetches nothing, for the mirror has all; an error says what it has not. */
export const initialise = async (terraform: Terraform, directory: string): Promise<void> => {
  const { exitCode, output } = await terraform(directory, ['init', '-backend=false', '-input=false'])
  if (exitCode === 0) return
  throw new PlatformError(`terraform init failed in ${directory}.`, { logLines: linesOf(output).slice(-15) })
}

/** Files that are not formatted as `terraform fmt` would. */
export const findUnformatted = async (terraform: Terraform, root: string): Promise<string[]> =>
  linesOf((await terraform(root, ['fmt', '-check', '-recursive', '-list=true'])).output)

const validation = z.object({
  valid: z.boolean(),
  diagnostics: z.array(z.object({ severity: z.string(), summary: z.string(), detail: z.string().default('') })),
})

/** What Terraform says of a directory that has been initialised; a warning is a fault too. */
export const findInvalid = async (terraform: Terraform, directory: string): Promise<string[]> => {
  const { stdout } = await terraform(directory, ['validate', '-json'])
  return validation.parse(JSON.parse(stdout)).diagnostics.map(({ summary, detail }) => `${summary} ${detail}`.trim())
}

const lintReport = z.object({
  issues: z.array(z.object({ rule: z.object({ name: z.string() }), message: z.string() })),
  errors: z.array(z.object({ message: z.string() })),
})

/** What TFLint finds in a directory, by the rules of `.tflint.hcl`. */
export const findLint = async (root: string, directory: string): Promise<string[]> => {
  const options = ['--format', 'json', '--config', join(root, '.tflint.hcl'), '--chdir', directory]
  const { stdout, stderr } = await execa(tflintProgram(), options, { reject: false })
  if (stdout === '') throw new PlatformError(`TFLint said nothing of ${directory}.`, { logLines: linesOf(stderr) })
  const { issues, errors } = lintReport.parse(JSON.parse(stdout))
  return [...issues.map(({ rule, message }) => `${message} (${rule.name})`), ...errors.map(({ message }) => message)]
}

const docs = (root: string, directory: string, options: readonly string[]) =>
  execa(terraformDocsProgram(), ['--config', join(root, '.terraform-docs.yml'), ...options, directory], {
    all: true,
    reject: false,
  })

/** Whether the README says the inputs and outputs that the directory has. */
export const findOldDocs = async (root: string, directory: string): Promise<string[]> => {
  const { exitCode, all } = await docs(root, directory, ['--output-check'])
  return exitCode === 0 ? [] : linesOf(all)
}

const described = z.object({
  inputs: z.array(
    z.object({ name: z.string(), type: z.string(), description: z.string().nullable(), required: z.boolean() }),
  ),
  outputs: z.array(z.object({ name: z.string(), description: z.string().nullable() })),
})

export type Interface = z.output<typeof described>

/** Inputs and outputs of a directory. */
export const interfaceOf = async (directory: string): Promise<Interface> => {
  const { stdout } = await execa(terraformDocsProgram(), ['json', directory])
  return described.parse(JSON.parse(stdout))
}

const diagnostic = z.looseObject({ severity: z.string(), summary: z.string(), detail: z.string().default('') })
const message = z.looseObject({
  type: z.string(),
  test_summary: z.looseObject({ passed: z.int(), failed: z.int(), errored: z.int(), skipped: z.int() }).optional(),
  diagnostic: diagnostic.optional(),
  '@testfile': z.string().default(''),
})

export type TestResult = {
  readonly passed: number
  readonly failed: number
  /** What went wrong, in Terraform's own words, with the file of tests that met it. */
  readonly problems: readonly { readonly file: string; readonly text: string }[]
}

const resultOf = ({ stdout, output }: Ended): TestResult => {
  const messages = linesOf(stdout)
    .filter((line) => line.startsWith('{'))
    .map((line) => message.parse(JSON.parse(line)))
  const summary = messages.map((each) => each.test_summary).find((each) => each !== undefined)
  const problems = messages.flatMap(({ diagnostic: told, '@testfile': file }) =>
    told?.severity === 'error' ? [{ file, text: `${told.summary}: ${told.detail}` }] : [],
  )
  if (summary === undefined && problems.length === 0) {
    throw new PlatformError('terraform test gave no answer that can be read.', { logLines: linesOf(output).slice(-15) })
  }
  const { passed = 0, failed = 0, errored = 0, skipped = 0 } = summary ?? {}
  return { passed, failed: failed + errored + skipped + (summary === undefined ? 1 : 0), problems }
}

/** Runs the tests of a directory that has been initialised. */
export const runTests = async (terraform: Terraform, directory: string): Promise<TestResult> =>
  resultOf(await terraform(directory, ['test', '-json']))

const checkovReport = z.looseObject({
  results: z.looseObject({
    failed_checks: z.array(z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
    skipped_checks: z.array(z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() })),
  }),
  summary: z.looseObject({ passed: z.int(), parsing_errors: z.int() }),
})

/** What Checkov finds insecure below a directory; a comment that tells it to look away counts as a finding. */
export const runCheckovOnTerraform = async (root: string): Promise<Finding[]> => {
  const options = ['--framework', 'terraform', '--skip-download', '--compact', '--output', 'json', '--directory', '.']
  const [program, ...begin] = checkovCommand()
  const { stdout, stderr } = await execa(program, [...begin, ...options], {
    cwd: root,
    reject: false,
    maxBuffer: 2 ** 28,
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  })
  const { results, summary } = checkovReport.parse(JSON.parse(stdout))
  if (summary.parsing_errors > 0 || summary.passed === 0) {
    throw new PlatformError(`Checkov could not read all of ${dirname(root)}.`, { logLines: linesOf(stderr).slice(-15) })
  }
  return [...results.failed_checks, ...results.skipped_checks].map(({ check_id, check_name, resource }) => ({
    rule: `checkov/${check_id}`,
    // A resource of a module is found in it and again in each environment that takes it.
    object: resource.replace(/^(module\.\w+\.)+/, ''),
    problem: check_name,
  }))
}
