import { Paper, Skeleton, Stack, VisuallyHidden } from '@mantine/core'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Stands where the list will be, so that nothing jumps when it comes. */
export const ListSkeleton = ({ label, rows = ROWS.length }: { readonly label: string; readonly rows?: number }) => (
  <Paper bg="var(--nt-surface)" bd="1px solid var(--nt-border)" radius="lg" aria-busy="true" p="md">
    <VisuallyHidden component="p">{label}</VisuallyHidden>
    <Stack gap="lg" py={6}>
      {ROWS.slice(0, rows).map((row) => (
        <Skeleton key={row} height={20} radius="sm" />
      ))}
    </Stack>
  </Paper>
)
