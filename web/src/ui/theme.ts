import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = [
  '#eefaf7',
  '#d8f2eb',
  '#b3e5d8',
  '#84d3c1',
  '#52bda7',
  '#2ba28c',
  '#158271',
  '#0e6d5f',
  '#0a584d',
  '#07453d',
]

const gray: MantineColorsTuple = [
  '#f7f9fa',
  '#f0f3f5',
  '#e5eaed',
  '#d6dde2',
  '#c0cad1',
  '#97a3ad',
  '#5e6b77',
  '#46525d',
  '#2c353d',
  '#182026',
]

const dark: MantineColorsTuple = [
  '#e1e7eb',
  '#c3ccd3',
  '#a0acb6',
  '#75828d',
  '#3b4650',
  '#2a333b',
  '#20282f',
  '#151b20',
  '#10151a',
  '#0a0e12',
]

const font = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, gray, dark },
  black: '#182026',
  fontFamily: font,
  headings: {
    fontFamily: font,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.375rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Every field is required unless its label says otherwise: an asterisk on each says nothing.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    // In its place in the page a menu belongs to a landmark. The placeholder is a focusable element without a role.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
  },
})

const softDark = (name: string, hue: string, text: string): Record<string, string> => ({
  [`--mantine-color-${name}-light`]: `color-mix(in srgb, ${hue} 18%, transparent)`,
  [`--mantine-color-${name}-light-hover`]: `color-mix(in srgb, ${hue} 26%, transparent)`,
  [`--mantine-color-${name}-light-color`]: text,
})

/** Raises what Mantine leaves under WCAG's contrast of 4.5 to 1: dimmed text, placeholders and error messages. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fff',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--nt-surface': '#fff',
    '--nt-canvas': 'var(--mantine-color-gray-0)',
    '--nt-border': 'var(--mantine-color-gray-2)',
    '--nt-tint': 'var(--mantine-color-pine-0)',
    '--nt-accent': 'var(--mantine-color-pine-7)',
    '--nt-warning': '#8a5200',
    '--mantine-color-red-light': 'var(--mantine-color-red-0)',
    '--mantine-color-red-light-color': 'var(--mantine-color-red-9)',
    '--mantine-color-yellow-light': 'var(--mantine-color-yellow-0)',
    '--mantine-color-yellow-light-color': '#8a5200',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--nt-surface': 'var(--mantine-color-dark-6)',
    '--nt-canvas': 'var(--mantine-color-dark-7)',
    '--nt-border': 'var(--mantine-color-dark-5)',
    '--nt-tint': 'color-mix(in srgb, var(--mantine-color-pine-6) 14%, transparent)',
    '--nt-accent': 'var(--mantine-color-pine-4)',
    '--nt-warning': 'var(--mantine-color-yellow-4)',
    // Mantine's own are opaque and nearly black on these surfaces.
    ...softDark('pine', '#158271', 'var(--mantine-color-pine-3)'),
    ...softDark('gray', '#97a3ad', 'var(--mantine-color-dark-1)'),
    ...softDark('red', '#e03131', 'var(--mantine-color-red-4)'),
    ...softDark('yellow', '#f08c00', 'var(--mantine-color-yellow-4)'),
  },
})
