export const HOME = '/products'

// Any base will do: what leaves it is refused.
const BASE = 'http://neotool.invalid'

/**
 * Where to go after signing in: the given path when it is one of this site, else the products. Refuses other sites in
 * every spelling that a browser accepts (`//x`, `/\x`, `https:x`, tabs and line breaks in between).
 */
export const returnPath = (next: unknown): string => {
  if (typeof next !== 'string' || next.length > 2000 || !/^\/(?![/\\])/.test(next)) return HOME
  // Browsers drop these before they look at the path.
  if ([...next].some((character) => character <= ' ' || character === '\u007f')) return HOME
  const url = URL.parse(next, BASE)
  if (url === null || url.origin !== BASE || url.pathname.startsWith('//')) return HOME
  return `${url.pathname}${url.search}${url.hash}`
}

/** The address of a page that brings its visitor back to `path`. */
export const withReturnPath = (page: '/sign-in' | '/sign-up' | '/session/renew', path: string): string =>
  returnPath(path) === HOME ? page : `${page}?next=${encodeURIComponent(returnPath(path))}`
