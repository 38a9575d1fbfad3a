import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  outputDir: 'results/artifacts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Enough for a slow or busy machine; a passing test does not wait.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  // Recording takes a fifth of the total time; TRACE=1 turns it on.
  use: { trace: process.env.TRACE ? 'retain-on-failure' : 'off' },
});
