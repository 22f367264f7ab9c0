import type { NextRequest } from 'next/server'
import { findProvider } from '#features/oauth/find-provider.ts'
import { finishAtProvider } from '#features/oauth/sign-in-with-provider.ts'

/** Where a provider sends the browser back to. */
export const GET = async (request: NextRequest, { params }: RouteContext<'/oauth/[provider]/callback'>) => {
  const provider = findProvider((await params).provider)
  if (provider === undefined) return new Response(null, { status: 404 })
  const location = await finishAtProvider(provider, request.nextUrl.search)
  // The code in this address must not be told to the next site.
  return new Response(null, { status: 303, headers: { location, 'referrer-policy': 'no-referrer' } })
}
