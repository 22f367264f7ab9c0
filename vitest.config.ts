import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What takes minutes by its nature is left to `./neotool test --long`. */
const withoutLong = process.env.NEOTOOL_TEST_LONG === 'true' ? [] : ['**/*.long.test.ts']

export default defineConfig({
  // As Node resolves it: Vite would take another copy of graphql, and two copies refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    // They wait more than they reckon; by itself it would leave a core alone.
    maxWorkers: '100%',
    // Against what hangs. They are far from what anything takes, since a busy machine is no fault.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/**/src/**/*.test.ts',
            'contracts/src/**/*.test.ts',
            'gateway/test/**/*.test.ts',
            'services/**/src/**/*.test.ts',
            'web/src/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'service',
          include: ['services/*/test/**/*.test.ts', 'packages/{kit,platform}/test/**/*.test.ts'],
          globalSetup: 'packages/testkit/src/global-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.test.ts'],
          // Each file starts a gateway of its own, but where one was started by somebody else its subgraphs have fixed ports.
          fileParallelism: process.env.NEOTOOL_GATEWAY_URL === undefined,
        },
      },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['tests/infra/**/*.test.ts'],
          globalSetup: 'tests/infra/global-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'terraform',
          include: ['tests/terraform/**/*.test.ts'],
          exclude: withoutLong,
          globalSetup: 'tests/terraform/global-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'platform',
          include: ['tests/platform/**/*.test.ts'],
          globalSetup: 'tests/platform/global-setup.ts',
          // They share two environments, and stop and kill what is in them.
          fileParallelism: false,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup: 'tests/journeys/global-setup.ts',
          // One platform and one browser for all of them: one after the other.
          fileParallelism: false,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['tests/cluster/**/*.test.ts'],
          exclude: withoutLong,
          globalSetup: 'tests/cluster/global-setup.ts',
          // One cluster for all of them: one after the other.
          fileParallelism: false,
          testTimeout: 900_000,
        },
      },
    ],
  },
})
