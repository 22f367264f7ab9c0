import type { NextRequest } from 'next/server'
import { findProvider } from '#features/oauth/find-provider.ts'
import { startAtProvider } from '#features/oauth/sign-in-with-provider.ts'
import { returnPath } from '#session/return-path.ts'

/** Sends the browser to a provider to sign in there. */
export const GET = async (request: NextRequest, { params }: RouteContext<'/oauth/[provider]/start'>) => {
  const provider = findProvider((await params).provider)
  if (provider === undefined) return new Response(null, { status: 404 })
  const location = await startAtProvider(provider, returnPath(request.nextUrl.searchParams.get('next')))
  return new Response(null, { status: 303, headers: { location } })
}
