import { helmProgram } from '../binaries/helm-kubectl.ts'
import { helmUnittestProgram } from '../binaries/helm-unittest.ts'
import { runCommand } from '../run-command.ts'
import { chartIn, type ServiceName, valuesFilesOf } from './releases.ts'

/** What `helm lint` says of the chart with the values of a release; throws where it warns. */
export const lintChart = (
  root: string,
  environment: string,
  service: ServiceName,
  settings: readonly string[] = [],
): Promise<string> => {
  const values = valuesFilesOf(root, environment, service).flatMap((file) => ['--values', file])
  const sets = settings.flatMap((setting) => ['--set', setting])
  return runCommand(helmProgram(), ['lint', '--strict', chartIn(root), ...values, ...sets], { cwd: root })
}

/** What helm-unittest says of the chart's own tests; throws where one fails. */
export const testChart = (root: string): Promise<string> =>
  runCommand(helmUnittestProgram(), ['--color=false', chartIn(root)], { cwd: root })
