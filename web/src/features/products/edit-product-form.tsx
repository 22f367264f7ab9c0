'use client'

import { Alert, Anchor, Button, Group } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { startTransition, useEffect, useState } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { Link } from '#ui/link.tsx'
import { useNotify } from '#ui/use-notify.ts'
import { applyMine } from './conflict.ts'
import { ConflictPanel } from './conflict-panel.tsx'
import { DeleteProductDialog } from './delete-product-dialog.tsx'
import { formatPriceInput } from './money.ts'
import type { Product, ProductValues } from './product.ts'
import { ProductFields } from './product-fields.tsx'
import type { ProductText } from './product-input.ts'
import classes from './products.module.css'
import { type ProductFormState, updateProduct } from './save-product.ts'

type Props = { readonly product: Product; readonly maySave: boolean; readonly mayDelete: boolean }

/** Changes a product; when somebody else saved first, shows both and lets the person choose. */
export const EditProductForm = ({ product, maySave, mayDelete }: Props) => {
  const t = useTranslations('products')
  const locale = useLocale()
  const router = useRouter()
  const notify = useNotify()
  // What the entered changes are based on. A refreshed page must not move it: only saving or a decision does.
  const [base, setBase] = useState(product)
  const [isDeleting, setDeleting] = useState(false)
  const { state, dispatch, isPending, form, ref } = useFormAction<ProductText, ProductFormState>(
    updateProduct,
    {},
    toText(product, locale),
  )
  const { outcome } = state
  const conflict = outcome?.kind === 'conflict' && outcome.theirs.version !== base.version ? outcome : undefined

  const rebase = (next: Product, values: ProductValues = next) => {
    setBase(next)
    form.setValues(toText(values, locale))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is taken once; the rest does not change it.
  useEffect(() => {
    if (outcome?.kind !== 'saved') return
    rebase(outcome.product)
    notify(t('saved'))
  }, [outcome])

  const applyMineOn = (theirs: Product, mine: ProductValues) => {
    const merged = applyMine({ before: base, theirs, mine })
    // Based on theirs, not on what is sent: should somebody be faster once more, my changes still count as mine.
    rebase(theirs, merged)
    const data = new FormData()
    data.set('id', theirs.id)
    data.set('version', String(theirs.version))
    for (const [field, text] of Object.entries(toText(merged, locale))) data.set(field, text)
    startTransition(() => dispatch(data))
  }

  if (outcome?.kind === 'gone')
    return (
      <Alert color="red" title={t('gone.title')} role="alert">
        {t('gone.text')}{' '}
        <Anchor component={Link} href="/products" inherit>
          {t('gone.toList')}
        </Anchor>
      </Alert>
    )

  return (
    <>
      {conflict !== undefined && (
        <ConflictPanel
          before={base}
          theirs={conflict.theirs}
          mine={conflict.mine}
          isPending={isPending}
          onKeepTheirs={() => rebase(conflict.theirs)}
          onApplyMine={() => applyMineOn(conflict.theirs, conflict.mine)}
        />
      )}
      <form action={dispatch} ref={ref} noValidate hidden={conflict !== undefined}>
        <input type="hidden" name="id" value={base.id} />
        <input type="hidden" name="version" value={base.version} />
        <ProductFields form={form} isReadOnly={!maySave}>
          <FailureAlert failure={state.failure} />
          <Group justify="space-between" mt="xs">
            {mayDelete ? (
              <Button variant="subtle" color="red" className={classes.delete} onClick={() => setDeleting(true)}>
                {t('delete.button')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button component={Link} href="/products" variant="default">
                {t(maySave ? 'cancel' : 'back')}
              </Button>
              {maySave && (
                <Button type="submit" loading={isPending}>
                  {t('save')}
                </Button>
              )}
            </Group>
          </Group>
        </ProductFields>
      </form>
      <DeleteProductDialog
        product={isDeleting ? base : undefined}
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
