'use client'

import { useTranslations } from 'next-intl'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { CreateButtons } from '#ui/record/record-form.tsx'
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
        <CreateButtons list="/products" label={t('create')} isPending={isPending} />
      </ProductFields>
    </form>
  )
}
