import path from 'node:path'
import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import createNextIntlPlugin from 'next-intl/plugin'

const workspaceRoot = path.join(import.meta.dirname, '..')

// Nothing of a build or a server of ours is reported to anybody.
process.env.NEXT_TELEMETRY_DISABLED = '1'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: workspaceRoot },
  outputFileTracingRoot: workspaceRoot,
  // Browsers ask for it by themselves where they have not read the page's link yet.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // Nothing here transforms pictures, so nothing here offers to.
  images: { unoptimized: true },
  experimental: {
    // 403 as a state of its own: forbidden() renders app/forbidden.tsx with that status.
    authInterrupts: true,
    // A form of ours is a few hundred bytes; what is larger is not a form of ours.
    serverActions: { bodySizeLimit: '64kb' },
    // Each page is loaded at its first use: less memory for a server that has just started.
    preloadEntriesOnStart: false,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
}

const forBuild = createNextIntlPlugin('./src/i18n/request.ts')

// The image (infra/images/web) holds only the files that the server reads, which Next collects for it. `next start` warns
// that it does not work with such an output, so a build makes it only where it is asked for, and no server sees it.
const buildConfig: NextConfig =
  process.env.NEOTOOL_WEB_OUTPUT === 'standalone' ? { ...config, output: 'standalone' } : config

/** The build finds the sources of the translations; a server runs what was built and needs no sources beside it. */
export default (phase: string): NextConfig => (phase === PHASE_PRODUCTION_SERVER ? config : forBuild(buildConfig))
