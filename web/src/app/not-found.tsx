import { NotFoundPage } from '#ui/not-found-page.tsx'

export default function NotFound() {
  return (
    <main id="content">
      <NotFoundPage />
    </main>
  )
}
