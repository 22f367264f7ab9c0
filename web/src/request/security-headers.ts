type Options = {
  readonly nonce: string
  readonly isSecure: boolean
  readonly isDevelopment: boolean
  /** Pictures are sent there by the browser itself and read from there. */
  readonly storageOrigin: string
}

/**
 * The headers of every page. Scripts run by nonce alone. Style sheets and style elements too; style attributes are
 * allowed, because Mantine hands sizes and colours to its CSS by them, and an attribute can load no script.
 */
export const securityHeaders = ({
  nonce,
  isSecure,
  isDevelopment,
  storageOrigin,
}: Options): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'self'",
    // React's development build rebuilds server stacks with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Development injects style elements without a nonce.
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: ${storageOrigin}`,
    "font-src 'self'",
    `connect-src 'self' ${storageOrigin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
  // A page holds what one person may see: no cache keeps it, so that "back" after signing out shows nothing.
  'cache-control': 'private, no-cache, no-store, max-age=0, must-revalidate',
  ...(isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
})
