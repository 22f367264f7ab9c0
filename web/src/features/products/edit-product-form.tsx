'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { ConflictPanel } from '#ui/record/conflict-panel.tsx'
import { DeleteDialog } from '#ui/record/delete-dialog.tsx'
import { EditButtons, RecordGone } from '#ui/record/record-form.tsx'
import { useRecordForm } from '#ui/record/use-record-form.ts'
import { deleteProduct } from './delete-product.ts'
import { formatPrice, formatPriceInput } from './money.ts'
import { FIELDS, type Product, type ProductField, type ProductValues } from './product.ts'
import { ProductFields } from './product-fields.tsx'
import type { ProductText } from './product-input.ts'
import { updateProduct } from './save-product.ts'

type Props = { readonly product: Product; readonly maySave: boolean; readonly mayDelete: boolean }

const LABEL = { name: 'name', sku: 'sku', priceCents: 'price', stock: 'stock' } as const

/** Changes a product; when somebody else saved first, shows both and lets the person choose. */
export const EditProductForm = ({ product, maySave, mayDelete }: Props) => {
  const t = useTranslations('products')
  const locale = useLocale()
  const router = useRouter()
  const [isDeleting, setDeleting] = useState(false)
  const { base, form, formProps, failure, isPending, isGone, conflict } = useRecordForm<
    ProductText,
    ProductValues,
    Product
  >({
    record: product,
    fields: FIELDS,
    save: updateProduct,
    toText: (values) => toText(values, locale),
    savedMessage: t('saved'),
  })
  const show = (field: ProductField, value: string | number) =>
    field === 'priceCents' ? formatPrice(Number(value), locale) : String(value)

  if (isGone) return <RecordGone title={t('gone')} list="/products" />
  return (
    <>
      {conflict !== undefined && (
        <ConflictPanel
          {...conflict}
          title={t('conflict')}
          differences={conflict.differences.map(({ field, before, theirs, mine, isContested }) => ({
            label: t(`fields.${LABEL[field]}`),
            before: show(field, before),
            theirs: show(field, theirs),
            mine: show(field, mine),
            isContested,
          }))}
        />
      )}
      <form {...formProps}>
        <input type="hidden" name="id" value={base.id} />
        <input type="hidden" name="version" value={base.version} />
        <ProductFields form={form} isReadOnly={!maySave}>
          <FailureAlert failure={failure} />
          <EditButtons
            list="/products"
            maySave={maySave}
            isPending={isPending}
            onDelete={mayDelete ? () => setDeleting(true) : undefined}
          />
        </ProductFields>
      </form>
      <DeleteDialog
        record={isDeleting ? base : undefined}
        remove={deleteProduct}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push('/products')}
      />
    </>
  )
}

const toText = ({ name, sku, priceCents, stock }: ProductValues, locale: string): ProductText => ({
  name,
  sku,
  priceCents: formatPriceInput(priceCents, locale),
  stock: String(stock),
})
