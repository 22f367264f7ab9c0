'use client'

import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { cssVariables, theme } from './theme.ts'

type Props = { readonly nonce: string; readonly children: ReactNode }

/** Mantine with our theme; its style elements carry the nonce of the document. */
export const Providers = ({ nonce, children }: Props) => {
  const [documentNonce] = useState(() => findDocumentNonce() ?? nonce)
  // The scroll lock of dialogs adds a style element of its own and reads the nonce from this name.
  if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: documentNonce })
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => documentNonce}
    >
      <Notifications position="bottom-right" />
      {children}
    </MantineProvider>
  )
}

/** A navigation within the page brings the nonce of its own answer, but the policy of the first document stays. */
const findDocumentNonce = (): string | undefined =>
  typeof document === 'undefined' ? undefined : document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
