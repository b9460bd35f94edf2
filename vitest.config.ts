import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const seconds = 1000;

/**
 * One project a suite. `scripts/test.mjs` runs them in their order and prepares what each needs; tests load native code,
 * so each file has a process of its own.
 */
export default defineConfig({
  plugins: [vue()],
  test: {
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          testTimeout: 30 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'oracle',
          include: ['test/oracle/**/*.test.ts'],
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'latex',
          include: ['test/latex/**/*.test.ts'],
          testTimeout: 180 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 180 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 600 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-web',
          include: ['test/e2e/web/**/*.test.ts'],
          globalSetup: ['test/e2e/trainedDatabase.ts'],
          fileParallelism: false,
          testTimeout: 900 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-electron',
          include: ['test/e2e/electron/**/*.test.ts'],
          globalSetup: ['test/e2e/trainedDatabase.ts'],
          fileParallelism: false,
          testTimeout: 900 * seconds,
          hookTimeout: 180 * seconds,
        },
      },
    ],
  },
});
