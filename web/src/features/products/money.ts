/*
 * Prices are whole cents everywhere but on the screen. What a person types is read digit by digit, never as a floating
 * point number: 0.07 * 100 is 7.000000000000001.
 */

/** The one currency of the sample domain. */
export const CURRENCY = 'USD'

/** What the contract's Int holds. */
export const MAX_CENTS = 2_147_483_647

/** 1999 as "$19.99", in the manner of the locale. */
export const formatPrice = (cents: number, locale: string): string =>
  // A decimal string is formatted exactly; a quotient would be rounded first.
  new Intl.NumberFormat(locale, { style: 'currency', currency: CURRENCY }).format(
    decimal(cents) as Intl.StringNumericLiteral,
  )

/** 1999 as "19.99" or "19,99": what a price field shows, without grouping or currency. */
export const formatPriceInput = (cents: number, locale: string): string =>
  decimal(cents).replace('.', separators(locale).decimal)

const decimal = (cents: number): string => {
  const digits = String(cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * Cents of what was typed, or undefined where it is no price from 0 to MAX_CENTS with at most two decimals. Dot and
 * comma are both taken as the decimal separator, except where the locale would read the same text as grouped thousands.
 */
export const parsePrice = (text: string, locale: string): number | undefined => {
  const { decimal: own, group } = separators(locale)
  const other = own === '.' ? ',' : '.'
  const typed = text.replace(/[\s\u00a0\u202f]/g, '')
  const [whole = '', fraction = '', ...rest] = typed.split(own)
  const grouped = new RegExp(`^\\d{1,3}(?:${RegExp.escape(group)}\\d{3})+$`)
  if (rest.length === 0) {
    const plain = grouped.test(whole) ? whole.replaceAll(group, '') : whole
    const cents = toCents(plain, fraction)
    if (cents !== undefined) return cents
  }
  const [otherWhole = '', otherFraction = '', ...otherRest] = typed.split(other)
  return otherRest.length === 0 && otherFraction !== '' ? toCents(otherWhole, otherFraction) : undefined
}

const toCents = (whole: string, fraction: string): number | undefined => {
  if (!/^\d{1,10}$/.test(whole) || !/^\d{0,2}$/.test(fraction)) return undefined
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return cents <= MAX_CENTS ? cents : undefined
}

const separators = (locale: string): { decimal: string; group: string } => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(11111.1)
  const find = (type: 'decimal' | 'group', fallback: string): string =>
    parts.find((part) => part.type === type)?.value ?? fallback
  const point = find('decimal', '.')
  return { decimal: point, group: find('group', point === '.' ? ',' : '.') }
}
