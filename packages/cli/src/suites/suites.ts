import { checkSuite } from './check.ts'
import { clusterSuite } from './cluster.ts'
import { infraSuite } from './infra.ts'
import { withPackages } from './packages.ts'
import { routerSuite } from './router.ts'
import type { Suite } from './suite.ts'
import { terraformSuite } from './terraform.ts'
import { vitestSuite } from './vitest.ts'

/** What `neotool test` runs, in this order: what is quick to say no comes first. */
export const suites: readonly Suite[] = [
  checkSuite,
  vitestSuite('unit', 'pure code, beside what it tests'),
  infraSuite,
  terraformSuite,
  vitestSuite('service', 'each service on real PostgreSQL and PgBouncer'),
  vitestSuite('conformance', 'what every gateway must do, tried on ours'),
  routerSuite,
  vitestSuite('faults', 'what is killed or paused at the worst moment loses nothing'),
  vitestSuite(
    'platform',
    'the command itself: copies side by side, kill -9, errors with their remedy',
    withPackages('Completion is tried in every shell', { zsh: 'zsh', fish: 'fish' }),
  ),
  vitestSuite(
    'journeys',
    'the whole platform through a real browser',
    withPackages('The journeys need a browser', { chromium: 'chromium' }),
  ),
  clusterSuite,
]
