/*
 * The machines of an environment, by Terraform. What it is asked to apply is the very plan that was shown. Plans, states
 * and the kubeconfig hold secrets: the plan lies in a directory that only we can read, and is shown by addresses alone.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { runCommand } from '../../run-command.ts'

export type TerraformChange = {
  /** module.k3s.aws_instance.server["a"] */
  readonly address: string
  readonly change: 'created' | 'updated' | 'replaced' | 'deleted'
}

export type Terraform = AsyncDisposable & {
  /** Finds out what is to be done, and keeps that plan for `apply`. */
  plan(options?: { readonly isDestroy?: boolean }): Promise<readonly TerraformChange[]>
  /** Does what was planned last. */
  apply(onLine: (line: string) => void): Promise<void>
  /** The kubeconfig of the cluster; undefined while there is none. */
  kubeconfig(): Promise<string | undefined>
}

const plan = z.looseObject({
  resource_changes: z
    .array(z.looseObject({ address: z.string(), change: z.looseObject({ actions: z.array(z.string()) }) }))
    .default([]),
})

const CHANGES: Readonly<Record<string, TerraformChange['change']>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  'delete,create': 'replaced',
  'create,delete': 'replaced',
}

/** Works in one root module; what it has written of plans is removed with it. */
export const openTerraform = async (directory: string, signal?: AbortSignal): Promise<Terraform> => {
  const work = await mkdtemp(join(tmpdir(), 'neotool-terraform-'))
  const planFile = join(work, 'plan')
  const env = { ...process.env, TF_IN_AUTOMATION: 'true', TF_INPUT: 'false' }
  const run = (args: readonly string[], onLine?: (line: string) => void) =>
    runCommand('terraform', [`-chdir=${directory}`, ...args], {
      cwd: directory,
      env,
      signal,
      ...(onLine && { onLine }),
    })
  const initialised = Promise.withResolvers<void>()
  let isBegun = false
  const init = () => {
    if (!isBegun) run(['init', '-input=false', '-no-color']).then(() => initialised.resolve(), initialised.reject)
    isBegun = true
    return initialised.promise
  }
  return {
    plan: async ({ isDestroy = false } = {}) => {
      await init()
      await run(['plan', '-input=false', '-no-color', `-out=${planFile}`, ...(isDestroy ? ['-destroy'] : [])])
      return changesIn(await secretly(run(['show', '-json', planFile]), 'The plan of Terraform could not be read.'))
    },
    apply: async (onLine) => {
      await run(['apply', '-input=false', '-no-color', planFile], onLine)
    },
    kubeconfig: async () => {
      await init()
      const outputs = await secretly(run(['output', '-json']), 'The outputs of Terraform could not be read.')
      const { kubeconfig } = z.looseObject({ kubeconfig: output.optional() }).parse(JSON.parse(outputs))
      return kubeconfig?.value
    },
    [Symbol.asyncDispose]: () => rm(work, { recursive: true, force: true }),
  }
}

const output = z.looseObject({ value: z.string() })

const changesIn = (json: string): TerraformChange[] =>
  plan.parse(JSON.parse(json)).resource_changes.flatMap(({ address, change: { actions } }) => {
    const change = CHANGES[actions.join(',')]
    return change === undefined ? [] : [{ address, change }]
  })

/** Without a word of what the command has printed, for that is secret. */
const secretly = (output: Promise<string>, fault: string): Promise<string> =>
  output.catch((error: unknown) => {
    if (!(error instanceof PlatformError)) throw error
    throw new PlatformError(fault, {
      advice: 'Look at it by hand: terraform output, in that environment of infra/terraform.',
    })
  })
