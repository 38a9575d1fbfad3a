import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: ['bench.ts', 'inbox.ts', 'policy.ts', 'matrix.ts', 'rollout.ts'],
  outputDir: '../results/bench',
  workers: 1,
  timeout: 300_000,
  reporter: [['line']],
});
