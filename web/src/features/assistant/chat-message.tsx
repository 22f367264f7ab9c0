'use client'

import { Anchor, Loader, VisuallyHidden } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { Link } from '#ui/link.tsx'
import classes from './assistant.module.css'
import { linkProducts } from './link-products.ts'

export type ShownMessage = {
  readonly id: string
  readonly role: 'USER' | 'ASSISTANT'
  readonly text: string
  readonly products: readonly { readonly id: string; readonly name: string }[]
}

/** One message; in answers the products that they name can be opened. */
export const ChatMessage = ({ message: { role, text, products } }: { readonly message: ShownMessage }) => {
  const t = useTranslations('assistant.roles')
  let offset = 0
  return (
    <li className={classes.message} data-role={role}>
      <VisuallyHidden>{t(role)}</VisuallyHidden>
      <p>
        {linkProducts(text, products).map((part) => {
          const key = offset
          offset += part.text.length
          return part.productId === undefined ? (
            part.text
          ) : (
            <Anchor
              key={key}
              component={Link}
              href={`/products/${encodeURIComponent(part.productId)}`}
              inherit
              underline="always"
            >
              {part.text}
            </Anchor>
          )
        })}
      </p>
    </li>
  )
}

/** Stands where the answer will be. */
export const Thinking = () => {
  const t = useTranslations('assistant')
  return (
    <li className={classes.message} data-role="ASSISTANT">
      <VisuallyHidden>{t('thinking')}</VisuallyHidden>
      <Loader type="dots" size="sm" aria-hidden />
    </li>
  )
}
