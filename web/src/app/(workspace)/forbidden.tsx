import { ForbiddenPage } from '#ui/forbidden-page.tsx'

export default function Forbidden() {
  return <ForbiddenPage />
}
