import { config } from '#config.ts'

export const dynamic = 'force-dynamic'

const TIMEOUT_MS = 2_000

/** Pages can be served: the gateway lives. Whether the services behind it do is theirs to say. */
export const GET = async (): Promise<Response> => {
  const gateway = await checkGateway()
  const isReady = gateway.status === 'ok'
  return Response.json({ status: isReady ? 'ok' : 'failed', checks: { gateway } }, { status: isReady ? 200 : 503 })
}

const checkGateway = async (): Promise<{ status: 'ok' | 'failed'; detail?: string }> => {
  const url = config().gatewayLiveUrl
  try {
    const { status } = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return status === 200 ? { status: 'ok' } : { status: 'failed', detail: `${url} answered ${status}` }
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error)
    return { status: 'failed', detail: `${url} could not be reached within ${TIMEOUT_MS} ms: ${reason}` }
  }
}
