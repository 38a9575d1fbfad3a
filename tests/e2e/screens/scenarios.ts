// Every view and state there is a picture of. `show` ends when what is to be seen is on the screen.
import { expect, type Page } from '@playwright/test';
import { APP } from '../harness/browser';
import type { Tenant } from '../harness/tenant';

export interface Scenario {
  /** Becomes the name of the file. */
  name: string;
  show: (page: Page, tenant: Tenant) => Promise<void>;
}

const started = async (page: Page, route = '') => {
  await page.goto(APP + route);
  await expect(page.locator('#app')).not.toBeEmpty();
};

export const scenarios: Scenario[] = [
  { name: 'signed-out', show: (page) => started(page) },
  {
    name: 'loading',
    show: async (page) => {
      await page.route('**/*.wasm', () => new Promise<void>(() => {}));
      await page.goto(APP, { waitUntil: 'commit' });
      await expect(page.locator('#boot')).toBeVisible();
    },
  },
  {
    name: 'could-not-start',
    show: async (page) => {
      await page.route('**/*.wasm', (route) => route.abort());
      await page.goto(APP);
      await expect(page.getByRole('alert')).toBeVisible();
      await page.getByText('Details', { exact: true }).click();
    },
  },
  {
    name: 'set-up',
    show: async (page) => {
      await page.route('**/config.json', (route) => route.fulfill({ status: 404, body: '' }));
      await started(page);
    },
  },
];
