'use client'

import { type FormErrors, useForm } from '@mantine/form'
import { useActionState, useEffect, useRef } from 'react'
import type { FormState } from './form-state.ts'

type Action<State> = (state: State, data: FormData) => Promise<State>

/**
 * A form whose rules live in its server action alone. It works before its script has loaded, keeps what was entered,
 * shows the action's errors at their fields, and moves the focus to the first of them.
 */
export const useFormAction = <Values extends Record<string, string>, State extends FormState<Values>>(
  action: Action<State>,
  initialState: State,
  initialValues: Values,
) => {
  const [state, dispatch, isPending] = useActionState<State, FormData>(
    action as (state: Awaited<State>, data: FormData) => Promise<State>,
    initialState as Awaited<State>,
  )
  const ref = useRef<HTMLFormElement>(null)
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { ...initialValues, ...state.values },
    initialErrors: toFormErrors(state),
  })

  const { setErrors } = form
  useEffect(() => {
    setErrors(toFormErrors(state))
    if (state.errors === undefined) return
    const frame = requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [state, setErrors])

  return { state, dispatch, isPending, form, ref }
}

const toFormErrors = ({ errors }: FormState<Record<string, string>>): FormErrors => ({ ...errors })
