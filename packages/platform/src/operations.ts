import type { Component } from './component.ts'
import type { ServiceComponent } from './components/service.ts'
import { findEnvironment } from './environment.ts'
import { PlatformError } from './failure.ts'
import { platform } from './platform.ts'

const isService = (component: Component): component is ServiceComponent => 'runOperation' in component

/**
 * Runs `src/ops/<operation>.ts` of every service, one after the other, with the service's settings; answers what each
 * printed. The database must run, the services need not.
 */
export const runOperationOfServices = async ({
  root,
  name,
  operation,
  signal,
}: {
  root: string
  name: string
  operation: string
  signal: AbortSignal
}): Promise<readonly { service: string; output: string }[]> => {
  const environment = findEnvironment(root, name)
  if (environment === undefined) {
    throw new PlatformError(`There is no environment "${name}".`, { advice: `Start it: ./neotool up --name ${name}` })
  }
  const answers: { service: string; output: string }[] = []
  for (const service of platform.filter(isService)) {
    const output = await service.runOperation(environment, operation, [], signal)
    answers.push({ service: service.name, output: output.trim() })
  }
  return answers
}
