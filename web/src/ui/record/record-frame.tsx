import { Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'
import classes from './record.module.css'

type Props = {
  readonly list: { readonly href: string; readonly label: string }
  readonly title: string
  readonly subtitle: ReactNode
  readonly children: ReactNode
}

/** The frame of one record's page: the way back, what it is about, and the form. */
export const RecordFrame = ({ list, title, subtitle, children }: Props) => (
  <Stack gap="lg" maw={640} mx="auto">
    <div>
      <Anchor component={Link} href={list.href} size="sm" className={classes.back}>
        <IconArrowLeft size={15} aria-hidden />
        {list.label}
      </Anchor>
      <Title order={1} mt={8} className={classes.title}>
        {title}
      </Title>
      <Text c="dimmed" mt={4} size="sm">
        {subtitle}
      </Text>
    </div>
    <Paper className={classes.surface} radius="lg" p={{ base: 'md', xs: 'xl' }}>
      {children}
    </Paper>
  </Stack>
)
