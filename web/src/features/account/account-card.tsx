import { Anchor, Container, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'
import classes from './account.module.css'

type Props = {
  readonly title: string
  readonly intro: string
  readonly children: ReactNode
  readonly other: { readonly question: string; readonly label: string; readonly href: string }
}

/** The frame that signing in and signing up have in common. */
export const AccountCard = ({ title, intro, children, other }: Props) => (
  <Container size={440} py={{ base: 32, sm: 64 }}>
    <Stack gap="lg">
      <Stack gap={6}>
        <Title order={1}>{title}</Title>
        <Text c="dimmed">{intro}</Text>
      </Stack>
      <Paper className={classes.card} p={{ base: 'md', xs: 'xl' }} radius="lg">
        {children}
      </Paper>
      <Text size="sm" ta="center" c="dimmed">
        {other.question}{' '}
        <Anchor component={Link} href={other.href} fw={600}>
          {other.label}
        </Anchor>
      </Text>
    </Stack>
  </Container>
)
