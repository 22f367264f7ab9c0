import { Button, EmptyState, EmptyStateActions } from '@mantine/core'
import { IconBox, IconPlus, IconSearchOff } from '@tabler/icons-react'
import { getTranslations } from 'next-intl/server'
import { Link } from '#ui/link.tsx'

type Props = { readonly search: string; readonly maySave: boolean }

/** Nothing to show: because nothing matches, or because there is nothing yet. */
export const ProductEmpty = async ({ search, maySave }: Props) => {
  const t = await getTranslations('products.empty')
  if (search !== '')
    return (
      <EmptyState
        py={56}
        variant="light"
        icon={<IconSearchOff size={28} aria-hidden />}
        title={t('noMatchTitle')}
        description={t('noMatchText', { search })}
      >
        <EmptyStateActions>
          <Button component={Link} href="/products" variant="default">
            {t('clear')}
          </Button>
        </EmptyStateActions>
      </EmptyState>
    )
  return (
    <EmptyState
      py={56}
      variant="light"
      icon={<IconBox size={28} aria-hidden />}
      title={t('title')}
      description={t(maySave ? 'text' : 'textReadOnly')}
    >
      {maySave && (
        <EmptyStateActions>
          <Button component={Link} href="/products/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('create')}
          </Button>
        </EmptyStateActions>
      )}
    </EmptyState>
  )
}
