'use client'

import { ActionIcon, CopyButton, Group, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslations } from 'next-intl'
import classes from './trace-id.module.css'

/** The id to quote to support: it finds every log line of this request, in every service. */
export const TraceId = ({ traceId }: { readonly traceId: string }) => {
  const t = useTranslations('traceId')
  return (
    <Group gap={6} mt="xs" wrap="nowrap" className={classes.root}>
      <Text size="xs" c="dimmed" className={classes.text}>
        {t('label')} <code>{traceId}</code>
      </Text>
      <CopyButton value={traceId}>
        {({ copied, copy }) => (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            onClick={copy}
            aria-label={copied ? t('copied') : t('copy')}
          >
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  )
}
