import type { Component } from './component.ts'
import type { ServiceComponent } from './components/service.ts'
import { type Environment, findEnvironment } from './environment.ts'
import { PlatformError } from './failure.ts'
import { platform } from './platform.ts'

const isService = (component: Component): component is ServiceComponent => 'runOperation' in component

const services: readonly ServiceComponent[] = platform.filter(isService)

export const serviceNames: readonly string[] = services.map(({ name }) => name)

const getEnvironment = (root: string, name: string): Environment => {
  const environment = findEnvironment(root, name)
  if (environment !== undefined) return environment
  throw new PlatformError(`There is no environment "${name}".`, { advice: `Start it: ./neotool up --name ${name}` })
}

/** The address of a service's database, straight and as the role that owns it. */
export const databaseUrlOf = ({ root, name, service }: { root: string; name: string; service: string }): string => {
  const component = services.find((each) => each.name === service)
  if (component !== undefined) return component.databaseUrl(getEnvironment(root, name))
  throw new PlatformError(`There is no service "${service}".`, {
    reason: 'usage',
    advice: `One of: ${serviceNames.join(', ')}`,
  })
}

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
  const environment = getEnvironment(root, name)
  const answers: { service: string; output: string }[] = []
  for (const service of services) {
    const output = await service.runOperation(environment, operation, { signal })
    answers.push({ service: service.name, output: output.trim() })
  }
  return answers
}

/** Runs `src/ops/<operation>.ts` of one service with the service's settings; answers what it printed. */
export const runOperationOf = async (
  { root, name, service }: { root: string; name: string; service: string },
  [operation, ...args]: readonly [string, ...string[]],
  signal: AbortSignal,
): Promise<string> => {
  const component = services.find((each) => each.name === service)
  if (component === undefined) throw new Error(`There is no service ${service}.`)
  return component.runOperation(getEnvironment(root, name), operation, { args, signal })
}
