export const LOCALES = ['en', 'pt'] as const

export type Locale = (typeof LOCALES)[number]

export const DEFAULT_LOCALE: Locale = 'en'

/** The locale of this name, or undefined. */
export const toLocale = (name: string | undefined): Locale | undefined => LOCALES.find((locale) => locale === name)

/** The best of our locales for an Accept-Language header; regions count as their language. */
export const negotiateLocale = (acceptLanguage: string | null): Locale => {
  const wishes = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
    const weight = quality === undefined ? 1 : Number(quality.trim().slice(2))
    return { locale: toLocale(tag.split('-')[0]), weight: Number.isFinite(weight) ? weight : 0 }
  })
  const best = wishes
    .filter(({ locale, weight }) => locale !== undefined && weight > 0)
    .sort((left, right) => right.weight - left.weight)[0]
  return best?.locale ?? DEFAULT_LOCALE
}
