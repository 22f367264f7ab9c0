import { Anchor, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { getFormatter, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { ActivityQuery } from '#generated/graphql.ts'
import { Link } from '#ui/link.tsx'
import { LocalDate } from '#ui/local-date.tsx'
import classes from './activity.module.css'

type Change = NonNullable<ActivityQuery['activity']>['edges'][number]['node']

const ICON = { PRODUCT_CREATED: IconPlus, PRODUCT_UPDATED: IconPencil, PRODUCT_DELETED: IconTrash } as const

const FIELDS = ['name', 'sku', 'priceCents', 'stock'] as const

type Props = {
  readonly changes: readonly Change[]
  /** Beside the product itself its name would say nothing. */
  readonly isProductNamed: boolean
}

/** Each change as a sentence: who did what to which product, and when. */
export const ActivityItems = async ({ changes, isProductNamed }: Props) => {
  const [t, format] = await Promise.all([getTranslations('activity'), getFormatter()])
  const now = new Date()
  const namesOf = (changed: readonly string[]): string => {
    const known = FIELDS.filter((field) => changed.includes(field)).map((field) => t(`fields.${field}`))
    return known.length === 0 ? t('fields.other') : format.list(known)
  }
  return (
    <ol className={classes.items}>
      {changes.map(({ id, kind, product, productName, changed, actor, occurredAt }) => {
        const Icon = ICON[kind]
        const words = {
          actor: () => <b key="actor">{actor?.displayName ?? t('somebody')}</b>,
          product: () => <ProductName key="product" id={product?.id} name={productName} />,
          fields: namesOf(changed),
        }
        return (
          <li key={id} className={classes.item}>
            <span className={classes.icon} data-kind={kind}>
              <Icon size={15} aria-hidden />
            </span>
            <div>
              <p className={classes.sentence}>
                {isProductNamed ? t.rich(`of.${kind}`, words) : t.rich(`here.${kind}`, words)}
              </p>
              <Text size="xs" c="dimmed">
                {/* Clocks differ: what is done lies never ahead. */}
                {format.relativeTime(Math.min(Date.parse(occurredAt), now.getTime()), now)}
                {' · '}
                <LocalDate iso={occurredAt} withTime />
              </Text>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

const ProductName = ({ id, name }: { readonly id: string | undefined; readonly name: string }): ReactNode =>
  id === undefined ? (
    <span>“{name}”</span>
  ) : (
    <Anchor component={Link} href={`/products/${encodeURIComponent(id)}`} inherit underline="always">
      {name}
    </Anchor>
  )
