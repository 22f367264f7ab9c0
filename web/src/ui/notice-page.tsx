import { Button, Center, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from './link.tsx'
import { TraceId } from './trace-id.tsx'

type Props = {
  readonly icon: ReactNode
  readonly title: string
  readonly message: string
  readonly traceId?: string | undefined
  readonly primary?: ReactNode
  readonly home: { readonly href: string; readonly label: string }
}

/** A page that says why there is nothing to see: not found, not allowed, not possible now. */
export const NoticePage = ({ icon, title, message, traceId, primary, home }: Props) => (
  <Center mih="60vh" p="md">
    <Stack align="center" gap="sm" maw={460} ta="center">
      <ThemeIcon variant="light" size={56} radius="xl" aria-hidden>
        {icon}
      </ThemeIcon>
      <Title order={1} mt="xs">
        {title}
      </Title>
      <Text c="dimmed">{message}</Text>
      <Group mt="sm" justify="center">
        {primary}
        <Button component={Link} href={home.href} variant={primary ? 'default' : 'filled'}>
          {home.label}
        </Button>
      </Group>
      {traceId !== undefined && <TraceId traceId={traceId} />}
    </Stack>
  </Center>
)
