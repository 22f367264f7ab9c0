import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from '#ui/link.tsx'

type Props = {
  readonly title: string
  readonly intro: string
  /** The way to add one; left out for whoever may not. */
  readonly add: { readonly href: string; readonly label: string } | undefined
  readonly children: ReactNode
}

/** Title, the way to add a record, and the search: what stays while the list below changes. */
export const ListHeader = ({ title, intro, add, children }: Props) => (
  <Stack gap="lg" mb="md">
    <Group justify="space-between" align="flex-end">
      <div>
        <Title order={1}>{title}</Title>
        <Text c="dimmed" mt={4}>
          {intro}
        </Text>
      </div>
      {add !== undefined && (
        <Button component={Link} href={add.href} leftSection={<IconPlus size={17} aria-hidden />}>
          {add.label}
        </Button>
      )}
    </Group>
    {children}
  </Stack>
)
