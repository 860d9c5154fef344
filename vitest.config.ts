import { defineConfig } from 'vitest/config'

// Four kinds of test, told apart by the end of their names: `*.test.ts` (fast, no store), `*.db.test.ts` (real stores),
// `*.scenario.ts` (the whole product) and the house rules under tools/.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['{libs,platform,modules,apps,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'db',
          include: ['{platform,modules,apps,bench}/**/*.db.test.ts'],
          globalSetup: ['platform/testing/stores.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'scenarios',
          include: ['scenarios/**/*.scenario.ts'],
          globalSetup: ['platform/testing/stores.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'tools', include: ['tools/**/*.test.ts'], testTimeout: 60_000 } },
    ],
  },
})
