import { Group, Text } from '@mantine/core'

/** The mark and the name; the link around it says where it leads. */
export const Logo = () => (
  <Group gap={10} wrap="nowrap">
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0e6d5f" />
      <path
        d="M9 22.5V10.2c0-.7.9-1 1.3-.5l11.4 12.6c.4.5 1.3.2 1.3-.5V9.5"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
    <Text component="span" fw={680} fz={18} lh={1} style={{ letterSpacing: '-0.02em' }}>
      Neotool
    </Text>
  </Group>
)
