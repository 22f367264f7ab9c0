'use client'

import { Button, Group } from '@mantine/core'
import { useTranslations } from 'next-intl'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { Link } from '#ui/link.tsx'
import { ProductFields } from './product-fields.tsx'
import type { ProductText } from './product-input.ts'
import { createProduct, type ProductFormState } from './save-product.ts'

const EMPTY: ProductText = { name: '', sku: '', priceCents: '', stock: '0' }

export const NewProductForm = () => {
  const t = useTranslations('products')
  const { state, dispatch, isPending, form, ref } = useFormAction<ProductText, ProductFormState>(
    createProduct,
    {},
    EMPTY,
  )
  return (
    <form action={dispatch} ref={ref} noValidate>
      <ProductFields form={form}>
        <FailureAlert failure={state.failure} />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button component={Link} href="/products" variant="default">
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('create')}
          </Button>
        </Group>
      </ProductFields>
    </form>
  )
}
