import { LandingPage } from '#features/landing/landing-page.tsx'
import { findPresence } from '#session/viewer.ts'

export default async function Page() {
  return <LandingPage isAnonymous={(await findPresence()).status === 'anonymous'} />
}
