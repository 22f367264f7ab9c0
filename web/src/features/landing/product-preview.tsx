import { getLocale, getTranslations } from 'next-intl/server'
import classes from './landing.module.css'

const ITEMS = [
  { name: 'lamp', sku: 'LAMP-014', price: 89, stock: 42 },
  { name: 'chair', sku: 'CHAIR-003', price: 640, stock: 7 },
  { name: 'mug', sku: 'MUG-020', price: 36.5, stock: 128 },
  { name: 'blanket', sku: 'WOOL-007', price: 119, stock: 0 },
] as const

/** A picture of the product list, drawn as a page so that it is sharp, translated, and dark when the page is. */
export const ProductPreview = async () => {
  const [t, locale] = await Promise.all([getTranslations('landing.preview'), getLocale()])
  const price = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  return (
    <div className={classes.preview} role="img" aria-label={t('label')}>
      <div className={classes.window}>
        <span className={classes.dots}>
          <i />
          <i />
          <i />
        </span>
        <span className={classes.address}>localhost:3000/products</span>
      </div>
      <div className={classes.previewTitle}>{t('title')}</div>
      {ITEMS.map(({ name, sku, price: amount, stock }) => (
        <div key={name} className={classes.previewRow}>
          <span>
            <b>{t(`items.${name}`)}</b>
            <small>{sku}</small>
          </span>
          <span className={classes.previewStock} data-empty={stock === 0 || undefined}>
            {stock}
          </span>
          <span className={classes.previewPrice}>{price.format(amount)}</span>
        </div>
      ))}
    </div>
  )
}
