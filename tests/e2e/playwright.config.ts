import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  outputDir: 'results/artifacts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Enough for a machine that is slow, or busy with something else; what passes does not wait.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  // Recording takes a fifth of the time of all tests; TRACE=1 makes it.
  use: { trace: process.env.TRACE ? 'retain-on-failure' : 'off' },
});
