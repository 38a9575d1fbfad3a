// Finding a group.
import { expect, type Page } from '@playwright/test';
import { GRAPH } from '../../harness/browser';
import { signIn } from '../../harness/sign-in';
import type { Scenario } from '../scenario';

const listed = async (page: Page) => {
  await signIn(page, 'ana', '#/groups');
  await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
};

const searched = async (page: Page, text: string, outcome: RegExp) => {
  await listed(page);
  await page.getByRole('searchbox').fill(text);
  await expect(page.getByText(outcome).first()).toBeVisible();
};

export const groups: Scenario[] = [
  { name: 'groups', show: listed },
  {
    name: 'groups-pinned',
    show: async (page) => {
      await listed(page);
      await page.getByRole('button', { name: 'Pin Tier-0 Operators' }).first().click();
      await expect(page.getByRole('heading', { name: 'Pinned' })).toBeVisible();
    },
  },
  { name: 'groups-search', show: (page) => searched(page, 'tier', /Tier-1 Server Administrators/) },
  { name: 'groups-no-hit', show: (page) => searched(page, 'zebra', /No group matches “zebra”/) },
  {
    name: 'groups-unknown-id',
    show: (page) => searched(page, '00000000-0000-4000-8000-00000000dead', /No group with this ID can be read/),
  },
  {
    name: 'groups-loading',
    show: async (page) => {
      await page.route(/\/(groups|resources)\b|\$batch/, () => new Promise<void>(() => {}));
      await signIn(page, 'ana', '#/groups');
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'groups-error',
    show: async (page) => {
      await page.route(`${GRAPH}/**`, (route) => route.abort());
      await signIn(page, 'ana', '#/groups');
      await expect(page.getByText(/could not be reached/).first()).toBeVisible({ timeout: 30_000 });
      await expect(page.locator('.skeleton')).toHaveCount(0, { timeout: 60_000 });
      await page.locator('#app').getByText('Details', { exact: true }).first().click();
    },
  },
];
