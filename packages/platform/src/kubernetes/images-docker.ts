/* Docker as a person has it: its client on the PATH, its engine wherever the client's settings say. */
import { execa } from 'execa'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

/** Variables for docker beside those of this process: DOCKER_HOST, a PATH with another client. */
export type Docker = { readonly env?: NodeJS.ProcessEnv }

type Options = {
  readonly cwd: string
  readonly signal?: AbortSignal | undefined
  readonly onLine?: (line: string) => void
  readonly advice?: string
  readonly reason?: 'failed' | 'download'
}

// Secrets of a build exist in BuildKit alone, which Docker 20.10 has and does not use unasked.
const environmentOf = ({ env }: Docker): NodeJS.ProcessEnv => ({ ...process.env, DOCKER_BUILDKIT: '1', ...env })

/** Runs docker to its end and answers what it printed. */
export const runDocker = (docker: Docker, args: readonly string[], options: Options): Promise<string> =>
  runCommand('docker', args, { env: environmentOf(docker), ...options })

const ask = async (docker: Docker, args: readonly string[]) => {
  const answer = await execa('docker', args, { env: environmentOf(docker), all: true, reject: false })
  if (answer.exitCode !== undefined) return answer
  throw new PlatformError('Images are built and looked up by docker, and docker was not found.', {
    reason: 'prerequisite',
    advice:
      'Install Docker (https://docs.docker.com/engine/install) so that docker is on the PATH, and run this again.',
  })
}

const buildxAdvice =
  'Install the package docker-buildx-plugin (Debian: docker-buildx), or put another docker first on the PATH.'

/** Fails with advice unless a client, an engine and BuildKit are there to build with. */
export const assertBuilds = async (docker: Docker): Promise<void> => {
  const { exitCode, all } = await ask(docker, ['version', '--format', '{{.Server.Version}}'])
  if (exitCode !== 0) {
    throw new PlatformError(`docker is here, and no engine answers it: ${all.trim()}`, {
      reason: 'prerequisite',
      advice: 'Start one (systemctl start docker), name one in DOCKER_HOST, or become a member of its group (docker).',
    })
  }
  // Clients since 23 have BuildKit in a plugin; without it they say so here already, with exit code 0.
  const help = await ask(docker, ['build', '--help'])
  if (!help.all.includes('buildx component is missing')) return
  throw new PlatformError('This docker cannot build with secrets: its BuildKit, the plugin buildx, is missing.', {
    reason: 'prerequisite',
    advice: buildxAdvice,
  })
}

/** Fails with advice unless docker can ask registries; that takes no engine. */
export const assertLooksUp = async (docker: Docker): Promise<void> => {
  const { exitCode } = await ask(docker, ['buildx', 'version'])
  if (exitCode === 0) return
  throw new PlatformError('Digests are asked for with docker buildx, which is missing.', {
    reason: 'prerequisite',
    advice: buildxAdvice,
  })
}
