import { readFile } from 'node:fs/promises'

export type Mirrors = { readonly main: string; readonly security: string }

const PUBLIC: Mirrors = { main: 'http://deb.debian.org/debian', security: 'http://deb.debian.org/debian-security' }

/** The mirrors in the text of apt's sources, in either of its formats: the first of each kind. */
export const mirrorsIn = (sources: string): Partial<Mirrors> => {
  const lines = sources.split('\n').filter((line) => !line.trimStart().startsWith('#'))
  const addresses = lines
    .filter((line) => /^(URIs:|deb\s)/.test(line))
    .flatMap((line) => line.split(/\s+/).filter((word) => /^https?:/.test(word)))
    .map((address) => address.replace(/\/$/, ''))
  const main = addresses.find((address) => address.endsWith('/debian'))
  const security = addresses.find((address) => address.endsWith('/debian-security'))
  return { ...(main && { main }), ...(security && { security }) }
}

/** Where this machine gets Debian's packages from: what it can reach, an image that is built on it can. */
export const debianMirrors = async (): Promise<Mirrors> => {
  const files = ['/etc/apt/sources.list', '/etc/apt/sources.list.d/debian.sources']
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  return { ...PUBLIC, ...mirrorsIn(texts.join('\n')) }
}
