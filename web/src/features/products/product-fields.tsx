'use client'

import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CURRENCY } from './money.ts'
import type { ProductText } from './product-input.ts'

type Props = {
  readonly form: UseFormReturnType<ProductText>
  readonly isReadOnly?: boolean
  readonly children?: ReactNode
}

/** The fields of a product. Prices and amounts are text fields: browsers change what is typed into number fields. */
export const ProductFields = ({ form, isReadOnly = false, children }: Props) => {
  const t = useTranslations('products.fields')
  const common = { required: !isReadOnly, readOnly: isReadOnly, autoComplete: 'off' }
  return (
    <Stack gap="md">
      <TextInput {...form.getInputProps('name')} {...common} name="name" label={t('name')} maxLength={200} />
      <TextInput
        {...form.getInputProps('sku')}
        {...common}
        name="sku"
        label={t('sku')}
        description={t('skuHint')}
        maxLength={64}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          {...form.getInputProps('priceCents')}
          {...common}
          name="priceCents"
          label={t('price')}
          inputMode="decimal"
          classNames={{ input: 'tabular' }}
          rightSection={
            <Text size="xs" c="dimmed" aria-hidden>
              {CURRENCY}
            </Text>
          }
          rightSectionWidth={52}
        />
        <TextInput
          {...form.getInputProps('stock')}
          {...common}
          name="stock"
          label={t('stock')}
          inputMode="numeric"
          classNames={{ input: 'tabular' }}
        />
      </SimpleGrid>
      {children}
    </Stack>
  )
}
