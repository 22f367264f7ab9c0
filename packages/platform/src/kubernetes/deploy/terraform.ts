/*
 * The machines of an environment, by Terraform. What it is asked to apply is the very plan that was shown. Plans, states
 * and the kubeconfig hold secrets: the plan lies in a directory that only we can read, and is shown by addresses alone.
 */
import { existsSync } from 'node:fs'
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
  /** What it is called at the provider, where it is there and has a name. */
  readonly name?: string
}

type S3Keys = { readonly accessKeyId: string; readonly secretAccessKey: string }

export type Terraform = AsyncDisposable & {
  /** Finds out what is to be done, and keeps that plan for `apply`. */
  plan(options?: { readonly isDestroy?: boolean }): Promise<readonly TerraformChange[]>
  /** Does what was planned last. */
  apply(onLine: (line: string) => void): Promise<void>
  /** Has the state forget what is there: it stays, and nobody manages it any more. A plan of before is void. */
  forget(addresses: readonly string[]): Promise<void>
  /** The kubeconfig of the cluster; undefined while there is none. */
  kubeconfig(): Promise<string | undefined>
  /** The keys of the bucket that the assets are in; undefined where it makes none. */
  s3Keys(): Promise<S3Keys | undefined>
}

const before = z.looseObject({ name: z.string().optional().catch(undefined) }).nullish()
const change = z.looseObject({ actions: z.array(z.string()), before })
const plan = z.looseObject({
  resource_changes: z.array(z.looseObject({ address: z.string(), change })).default([]),
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
      // What it makes at a provider must get into its state, or nobody knows of it.
      ending: 'asked',
      ...(onLine && { onLine }),
    }).catch((error: unknown) => {
      throw withUnlock(error, directory)
    })
  const initialised = Promise.withResolvers<void>()
  let isBegun = false
  const init = () => {
    const args = ['init', '-input=false', '-no-color', ...backendOf(directory)]
    if (!isBegun) run(args).then(() => initialised.resolve(), initialised.reject)
    isBegun = true
    return initialised.promise
  }
  const outputs = async () => {
    await init()
    const json = await secretly(run(['output', '-json']), 'The outputs of Terraform could not be read.')
    return known.parse(JSON.parse(json))
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
    forget: async (addresses) => {
      await run(['state', 'rm', '-no-color', ...addresses])
    },
    kubeconfig: async () => (await outputs()).kubeconfig?.value,
    s3Keys: async () => {
      const keys = (await outputs()).s3_credentials?.value.assets
      return keys && { accessKeyId: keys.access_key_id, secretAccessKey: keys.secret_access_key }
    },
    [Symbol.asyncDispose]: () => rm(work, { recursive: true, force: true }),
  }
}

/** Of a state that is locked, or that a terraform which was killed has left locked, how it is unlocked. */
const withUnlock = (error: unknown, directory: string): unknown => {
  if (!(error instanceof PlatformError)) return error
  const { message, logLines, reason } = error
  const text = [message, ...logLines].join('\n')
  if (!/state lock|was ended by/.test(text)) return error
  const id = /\bID:\s+(\S+)/.exec(text)?.[1] ?? 'LOCK_ID'
  return new PlatformError(message, {
    reason,
    logLines,
    advice:
      'The state is locked: somebody works on it, or a terraform was killed. Where you know that nobody does: ' +
      `terraform -chdir=${directory} force-unlock ${id}. Then run this again.`,
    cause: error,
  })
}

// The names of ours; where they are said once more, docs/deploy.md says how to get them.
const BACKEND = 'backend.tfbackend.json'
const STATE_PROFILE = 'neotool-state'

/** Where the state is; the key for it is a profile of its own, because a provider would take the same variables. */
const backendOf = (directory: string): string[] =>
  existsSync(join(directory, BACKEND)) ? [`-backend-config=${BACKEND}`, `-backend-config=profile=${STATE_PROFILE}`] : []

const s3Keys = z.looseObject({ access_key_id: z.string(), secret_access_key: z.string() })
const known = z.looseObject({
  kubeconfig: z.looseObject({ value: z.string() }).optional(),
  s3_credentials: z.looseObject({ value: z.looseObject({ assets: s3Keys.optional() }) }).optional(),
})

const changesIn = (json: string): TerraformChange[] =>
  plan.parse(JSON.parse(json)).resource_changes.flatMap(({ address, change: { actions, before: present } }) => {
    const made = CHANGES[actions.join(',')]
    return made === undefined ? [] : [{ address, change: made, ...(present?.name && { name: present.name }) }]
  })

/** Without a word of what the command has printed, for that is secret. */
const secretly = (output: Promise<string>, fault: string): Promise<string> =>
  output.catch((error: unknown) => {
    if (!(error instanceof PlatformError)) throw error
    throw new PlatformError(fault, {
      advice: 'Look at it by hand: terraform output, in that environment of infra/terraform.',
    })
  })
