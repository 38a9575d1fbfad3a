// Before anyone is signed in, and the pages around the work.
import { expect, type Page } from '@playwright/test';
import { APP } from '../../harness/browser';
import { saveWithoutRight } from '../../harness/policy';
import { signIn } from '../../harness/sign-in';
import type { Scenario } from '../scenario';
import { change, open } from './policies';
import { plan, send } from './rollout';

const started = async (page: Page, route = '') => {
  await page.goto(APP + route);
  await expect(page.locator('#app h1')).toBeVisible();
};

async function signOut(page: Page) {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
}

export const starts: Scenario[] = [
  { name: 'signed-out', show: (page) => started(page) },
  {
    name: 'signed-out-refused',
    show: async (page, tenant) => {
      await tenant.reset({ consented: [] });
      await started(page);
      await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
      await page.locator('button[name=person][value=otto]').click();
      await page.getByRole('link', { name: /return|back|without/i }).or(page.getByRole('button', { name: /return|back|cancel/i })).first().click();
      await page.waitForURL(`${APP}**`);
      await expect(page.getByRole('link', { name: 'Open the consent page' })).toBeVisible();
    },
  },
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
  {
    name: 'set-up-wrong',
    show: async (page) => {
      await page.route('**/config.json', (route) => route.fulfill({ json: { clientId: 'my app', tenantId: 'contoso.com', cloud: 'global' } }));
      await started(page);
    },
  },
  {
    name: 'unsent-input-kept',
    show: async (page, tenant) => {
      await saveWithoutRight(page, tenant);
      await page.getByRole('button', { name: 'Sign in to continue' }).click();
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await page.waitForURL(`${APP}**`);
      await expect(page.getByText('Unsent input is kept in this tab')).toBeVisible();
    },
  },
  {
    name: 'sign-out-saving',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await tenant.setFaults({ method: 'PATCH', path: '/rules/', effect: { kind: 'latency', ms: 4_000 } });
      await send(page);
      await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
      await signOut(page);
      await expect(page.getByRole('dialog', { name: 'A change is being saved' })).toBeVisible();
    },
  },
  {
    name: 'sign-out-unsaved',
    show: async (page, tenant) => {
      await open(page, tenant);
      await change(page);
      await signOut(page);
      await expect(page.getByRole('dialog', { name: 'Discard unsent input?' })).toBeVisible();
    },
  },
  {
    name: 'account-menu',
    show: async (page) => {
      await signIn(page, 'ana', '#/groups');
      await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
      await page.getByRole('button', { name: /^Account/ }).click();
      await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
    },
  },
  {
    name: 'help',
    show: async (page) => {
      await signIn(page, 'ana', '#/help');
      await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
    },
  },
  {
    name: 'unknown-address',
    show: async (page) => {
      await signIn(page, 'ana', '#/admin');
      await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible();
    },
  },
];
