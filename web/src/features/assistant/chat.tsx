'use client'

import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { unstable_rethrow } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, startTransition, useEffect, useOptimistic, useRef, useState, useTransition } from 'react'
import { FailureAlert } from '#ui/form/failure-alert.tsx'
import type { Failure } from '#ui/form/form-state.ts'
import classes from './assistant.module.css'
import { ChatMessage, type ShownMessage, Thinking } from './chat-message.tsx'
import { sendMessage } from './send-message.ts'

type Props = {
  /** Absent before the first message, which begins the conversation. */
  readonly conversationId?: string
  readonly messages: readonly ShownMessage[]
  readonly maySend: boolean
  readonly suggestions?: readonly string[]
}

/** The messages of a conversation and the field to add one. What was typed is shown at once, and kept if it fails. */
export const Chat = ({ conversationId, messages, maySend, suggestions = [] }: Props) => {
  const t = useTranslations('assistant')
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<Failure>()
  const [isPending, startSending] = useTransition()
  const [shown, addMine] = useOptimistic(messages, (all, mine: string): readonly ShownMessage[] => [
    ...all,
    { id: 'mine', role: 'USER', text: mine, products: [] },
  ])
  const code = 'SERVICE_UNAVAILABLE'
  const unreachable: Failure = { code, traceId: undefined, message: useTranslations('problem')(`${code}.message`) }
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (shown.length > 0) end.current?.scrollIntoView({ block: 'nearest' })
  }, [shown.length])

  const send = (entered: string) => {
    const mine = entered.trim()
    if (mine === '' || isPending) return
    setText('')
    setFailure(undefined)
    startSending(async () => {
      addMine(mine)
      const failed = await sendMessage({ conversationId, text: mine }).catch((error: unknown) => {
        // Going to the new conversation is such an "error"; the rest is a connection that is gone.
        unstable_rethrow(error)
        return unreachable
      })
      if (failed === undefined) return
      startTransition(() => {
        setFailure(failed)
        // Unless something new has been typed meanwhile.
        setText((typed) => (typed === '' ? mine : typed))
      })
    })
  }

  const sendOnEnter = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send(text)
  }

  const last = shown.at(-1)
  const isUnanswered = !isPending && last?.role === 'USER'
  return (
    <Stack gap="md">
      <div role="log" aria-label={t('messages')} aria-busy={isPending}>
        <ol className={classes.messages}>
          {shown.map((message) => (
            <ChatMessage key={message.id} message={message} />
          ))}
          {isPending && <Thinking />}
        </ol>
      </div>
      {isUnanswered && (
        <Group gap="sm" role="alert">
          <Text size="sm" c="dimmed">
            {t('unanswered')}
          </Text>
          {maySend && (
            <Button size="xs" variant="default" onClick={() => send(last.text)}>
              {t('askAgain')}
            </Button>
          )}
        </Group>
      )}
      {shown.length === 0 && maySend && suggestions.length > 0 && (
        <Group gap="xs" role="group" aria-label={t('suggestions.label')}>
          {suggestions.map((suggestion) => (
            <Button key={suggestion} variant="default" size="sm" radius="xl" onClick={() => send(suggestion)}>
              {suggestion}
            </Button>
          ))}
        </Group>
      )}
      <FailureAlert failure={failure} />
      {maySend && (
        <form action={() => send(text)} className={classes.composer}>
          <Textarea
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={sendOnEnter}
            aria-label={t('message')}
            aria-describedby="composer-hint"
            placeholder={t('placeholder')}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={4000}
            size="md"
          />
          <ActionIcon type="submit" size={42} radius="md" loading={isPending} aria-label={t('send')}>
            <IconArrowUp size={20} aria-hidden />
          </ActionIcon>
          <Text size="xs" c="dimmed" id="composer-hint" className={classes.hint}>
            {t('hint')}
          </Text>
        </form>
      )}
      <div ref={end} />
    </Stack>
  )
}
