import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: 'dbg.ts',
  outputDir: '../results/screens',
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  reporter: 'line',
});
