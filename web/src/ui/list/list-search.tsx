'use client'

import { CloseButton, Loader, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import classes from './list.module.css'

type Props = {
  readonly path: string
  readonly label: string
  readonly hint: string
  readonly search: string
  /** What the address keeps beside the search. */
  readonly parameters: Readonly<Record<string, string>>
  /** Addresses by order, for screens that show no column heads. */
  readonly sortOptions: readonly { readonly label: string; readonly href: string }[]
  readonly sortHref: string
}

// Long enough not to ask for every key, short enough to feel immediate.
const DEBOUNCE_MS = 250

/** Searches while one types; before its script has loaded it is a plain form. */
export const ListSearch = ({ path, label, hint, search, parameters, sortOptions, sortHref }: Props) => {
  const t = useTranslations('list')
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [text, setText] = useState(search)
  const asked = useRef(search)

  // The address changed by something else than typing: back, forward, or "clear the search".
  const [seen, setSeen] = useState(search)
  if (seen !== search) {
    setSeen(search)
    if (asked.current !== search) setText(search)
  }

  const go = (value: string) => {
    asked.current = value.trim()
    const query = new URLSearchParams({ ...(asked.current === '' ? {} : { q: asked.current }), ...parameters })
    startTransition(() => router.replace(query.size === 0 ? path : `${path}?${query}`))
  }
  const goSoon = useDebouncedCallback(go, DEBOUNCE_MS)

  const change = (value: string) => {
    setText(value)
    goSoon(value)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    goSoon.cancel()
    go(text)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: the search element lacks a form's submission.
    <form role="search" action={path} method="get" onSubmit={submit} className={classes.search}>
      <TextInput
        type="search"
        name="q"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        aria-label={label}
        placeholder={hint}
        maxLength={200}
        leftSection={<IconSearch size={17} aria-hidden />}
        rightSection={
          isPending ? (
            <Loader size={16} />
          ) : text !== '' ? (
            <CloseButton size="sm" aria-label={t('clearSearch')} onClick={() => change('')} />
          ) : null
        }
        className={classes.searchField}
      />
      {Object.entries(parameters).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <NativeSelect
        className={classes.sortSelect}
        aria-label={t('sortBy')}
        value={sortHref}
        onChange={(event) => {
          const href = event.currentTarget.value
          startTransition(() => router.replace(href))
        }}
        data={sortOptions.map((option) => ({ label: option.label, value: option.href }))}
      />
    </form>
  )
}
