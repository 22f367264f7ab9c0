'use client'

import { startTransition, useEffect, useState } from 'react'
import { useFormAction } from '#ui/form/use-form-action.ts'
import { useNotify } from '#ui/use-notify.ts'
import { applyMine, conflicts } from './conflict.ts'
import type { RecordFormState, Versioned } from './form-state.ts'

type Options<Text, Stored, Values> = {
  readonly record: Stored
  readonly fields: readonly (keyof Values & string)[]
  readonly save: (
    state: RecordFormState<Text, Stored, Values>,
    data: FormData,
  ) => Promise<RecordFormState<Text, Stored, Values>>
  /** The record as its form shows it. */
  readonly toText: (values: Values) => Text
  readonly savedMessage: string
}

/** The form that changes a record; when somebody else saved first, it has both versions and the two ways on. */
export const useRecordForm = <
  Text extends Record<string, string>,
  Values extends Readonly<Record<string, string | number>>,
  Stored extends Values & Versioned,
>({
  record,
  fields,
  save,
  toText,
  savedMessage,
}: Options<Text, Stored, Values>) => {
  const notify = useNotify()
  // What the entered changes are based on. A refreshed page must not move it: only saving or a decision does.
  const [base, setBase] = useState(record)
  const { state, dispatch, isPending, form, ref } = useFormAction<Text, RecordFormState<Text, Stored, Values>>(
    save,
    {},
    toText(record),
  )
  const { outcome } = state
  const conflict = outcome?.kind === 'conflict' && outcome.theirs.version !== base.version ? outcome : undefined

  const rebase = (next: Stored, values: Values = next) => {
    setBase(next)
    form.setValues(toText(values))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is taken once; the rest does not change it.
  useEffect(() => {
    if (outcome?.kind !== 'saved') return
    rebase(outcome.record)
    notify(savedMessage)
  }, [outcome])

  const saveMineOn = (theirs: Stored, mine: Values) => {
    const merged = applyMine<Values>(fields, { before: base, theirs, mine })
    // Based on theirs, not on what is sent: should somebody be faster once more, my changes still count as mine.
    rebase(theirs, merged)
    const data = new FormData()
    data.set('id', theirs.id)
    data.set('version', String(theirs.version))
    for (const [field, text] of Object.entries(toText(merged))) data.set(field, text)
    startTransition(() => dispatch(data))
  }

  return {
    base,
    form,
    formProps: { action: dispatch, ref, noValidate: true, hidden: conflict !== undefined },
    failure: state.failure,
    isPending,
    isGone: outcome?.kind === 'gone',
    conflict: conflict && {
      differences: conflicts<keyof Values & string>(fields, {
        before: base,
        theirs: conflict.theirs,
        mine: conflict.mine,
      }),
      isPending,
      onKeepTheirs: () => rebase(conflict.theirs),
      onApplyMine: () => saveMineOn(conflict.theirs, conflict.mine),
    },
  }
}
