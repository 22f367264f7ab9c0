import { runCommand } from '../../run-command.ts'
import type { Docker } from '../images-docker.ts'
import type { NodeLayout } from './layout.ts'

const ctr = ({ containerdSocket }: NodeLayout) => ['ctr', `--address=${containerdSocket}`, '--namespace=k8s.io']

/** Answers the versions of containerd and its client. */
export const askContainerd = (layout: NodeLayout): Promise<string> => {
  const [command = '', ...args] = ctr(layout)
  return runCommand(command, [...args, 'version'], { cwd: '/' })
}

/** Gives a node the image of an archive as `docker save` writes it. */
export const importArchive = async (layout: NodeLayout, file: string, signal?: AbortSignal): Promise<void> => {
  const [command = '', ...args] = ctr(layout)
  await runCommand(command, [...args, 'images', 'import', file], { cwd: '/', signal })
}

/** Gives a node images that Docker has. Layers that several of them share are sent once. */
export const importFromDocker = async (
  layout: NodeLayout,
  docker: Docker,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<void> => {
  if (names.length === 0) return
  // Without pipefail, an image that Docker lacks would be imported as nothing at all.
  const script = `set -o pipefail; docker save "$@" | ${[...ctr(layout), 'images', 'import', '-'].join(' ')}`
  const env = { ...process.env, ...docker.env }
  await runCommand('bash', ['-c', script, 'bash', ...names], { cwd: '/', env, signal })
}
