// What `helm test` runs in a pod of its own: does the service answer at the address that others use? It is asked until
// it does or a minute is over, because a service may be installed a moment before it is ready.
import { setTimeout as pause } from 'node:timers/promises'

const [, url, service] = process.argv
const query = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ __typename }' }),
}

const checks = {
  '/health/ready': { isRight: (body) => JSON.parse(body).status === 'ok' },
  '/graphql': { request: query, isRight: (body) => JSON.parse(body).data?.__typename === 'Query' },
  '/metrics': { isRight: (body) => body.includes(`neotool_${service}_postgres_connections`) },
}

const ask = async (path, { request, isRight }) => {
  try {
    const response = await fetch(`${url}${path}`, { ...request, signal: AbortSignal.timeout(5_000) })
    const body = await response.text()
    const isFine = response.status === 200 && isRight(body)
    return { isFine, answer: `${response.status} ${body.slice(0, 500)}` }
  } catch (error) {
    return { isFine: false, answer: `${error.message}: ${error.cause?.message ?? 'no cause'}` }
  }
}

const deadline = Date.now() + 60_000
const results = await Promise.all(
  Object.entries(checks).map(async ([path, check]) => {
    let result = await ask(path, check)
    while (!result.isFine && Date.now() < deadline) {
      await pause(500)
      result = await ask(path, check)
    }
    process.stdout.write(`${result.isFine ? 'ok    ' : 'FAILED'} ${url}${path}\n`)
    if (!result.isFine) process.stdout.write(`       after a minute still: ${result.answer}\n`)
    return result.isFine
  }),
)
process.exitCode = results.every(Boolean) ? 0 : 1
