import { Button, Divider, Stack } from '@mantine/core'
import { getTranslations } from 'next-intl/server'
import { config } from '#config.ts'
import { HOME } from '#session/return-path.ts'

/** A way to sign in by each provider that is configured; nothing where none is. */
export const ProviderButtons = async ({ next }: { readonly next: string }) => {
  const t = await getTranslations('oauth')
  const { identityProviders } = config()
  if (identityProviders.length === 0) return null
  const query = next === HOME ? '' : `?next=${encodeURIComponent(next)}`
  return (
    <Stack gap="md" mt="md">
      <Divider label={t('or')} />
      {identityProviders.map(({ id, name }) => (
        <Button key={id} component="a" href={`/oauth/${id}/start${query}`} variant="default" size="md" fullWidth>
          {t('with', { provider: name })}
        </Button>
      ))}
    </Stack>
  )
}
