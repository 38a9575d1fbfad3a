// The `test` of every spec: a tenant per worker, reset per test, and a watch that fails the test on any error.
import { test as base, expect } from '@playwright/test';
import { launchOptions } from './browser';
import { Tenant } from './tenant';
import { Watch } from './watch';

export const test = base.extend<{ tenant: Tenant; watch: Watch }, { server: Tenant }>({
  server: [
    async ({}, use) => {
      const server = await Tenant.start();
      await use(server);
      server.stop();
    },
    { scope: 'worker' },
  ],
  launchOptions: [async ({ server }, use) => use(launchOptions(server.port)), { scope: 'worker' }],
  tenant: [
    async ({ server }, use) => {
      await server.reset();
      await use(server);
    },
    { auto: true },
  ],
  watch: [
    async ({ context }, use) => {
      const watch = await Watch.over(context);
      await use(watch);
      expect(watch.unexpected(), 'what must not happen').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
