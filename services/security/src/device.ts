// The first that fits counts: most browsers claim to be several others as well.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]
const LONGEST = 100

/**
 * A device in words that its owner knows it by, `Firefox on Linux`; of a user agent that is no browser of these its
 * beginning, in printable characters. Only ever a hint: a client writes there what it likes.
 */
export const deviceOf = (userAgent: string): string => {
  const browser = nameOf(userAgent, BROWSERS)
  const system = nameOf(userAgent, SYSTEMS)
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`
  return plainText(userAgent).slice(0, LONGEST)
}

/** What may be stored and shown of a text from a header: no control characters, no half characters. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()

const nameOf = (userAgent: string, names: readonly (readonly [RegExp, string])[]): string | undefined =>
  names.find(([pattern]) => pattern.test(userAgent))?.[1]
