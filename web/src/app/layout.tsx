import '@fontsource-variable/inter/opsz.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '#ui/global.css'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { config } from '#config.ts'
import { requestNonce } from '#request/request-headers.ts'
import { flashCookieName } from '#ui/flash/flash.ts'
import { FlashNotice } from '#ui/flash/flash-notice.tsx'
import { Providers } from '#ui/providers.tsx'

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('app')
  return {
    metadataBase: new URL(config().origin),
    title: { default: t('title'), template: '%s · Neotool' },
    description: t('description'),
  }
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#151b20' },
  ],
}

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  // What only the server renders the browser need not know.
  const [locale, { landing: _landing, activity: _activity, ...messages }, nonce, t] = await Promise.all([
    getLocale(),
    getMessages(),
    requestNonce(),
    getTranslations('app'),
  ])
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />
      </head>
      <body>
        <a className="skip-link" href="#content">
          {t('skipToContent')}
        </a>
        <NextIntlClientProvider messages={messages}>
          <Providers nonce={nonce}>
            {children}
            <FlashNotice cookieName={flashCookieName(config())} />
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
