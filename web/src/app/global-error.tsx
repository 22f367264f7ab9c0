'use client'

/** The last resort, when even the root layout failed: no styles, no translations, no dependencies. */
export default function GlobalErrorPage({ error }: { readonly error: unknown }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', margin: '15vh auto', maxWidth: '32rem', padding: '0 1rem' }}>
        <title>Something went wrong · Neotool</title>
        <h1>Something went wrong</h1>
        <p>This page could not be shown. Please try again in a moment.</p>
        {digest !== '' && (
          <p>
            Reference: <code>{digest}</code>
          </p>
        )}
        <p>
          <a href="/">Go to the start page</a>
        </p>
      </body>
    </html>
  )
}
