import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What is decided without a database: one can think about a rule in two seconds (`npm test -- --project rules`). */
const RULES = ['**/*.rules.test.ts', 'fhir/**/*.test.ts', 'architecture.test.ts', 'openapi.test.ts'];

/** What measures the memory of its process, and wants one to itself. */
const ALONE = ['resources/large-bundles.test.ts'];

const shared = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The files of a worker share its modules: to load the gateway anew for each takes longer than most of the tests.
  isolate: false,
  // Tests that lean on their neighbours show themselves.
  sequence: { shuffle: { files: true, tests: true } },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // Properties try hundreds of cases, also while something else has the machine.
      { test: { ...shared, name: 'rules', include: RULES, testTimeout: 20_000 } },
      {
        test: {
          ...shared,
          name: 'gateway',
          include: ['**/*.test.ts'],
          exclude: [...RULES, ...ALONE, '**/node_modules/**'],
          globalSetup: './support/template-database.ts',
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'alone',
          include: ALONE,
          isolate: true,
          globalSetup: './support/template-database.ts',
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
