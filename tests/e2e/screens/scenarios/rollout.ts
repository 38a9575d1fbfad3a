// A change of many policies: choosing, the plan, its progress, the receipt.
import { expect, type Page } from '@playwright/test';
import { APP } from '../../harness/browser';
import { signIn } from '../../harness/sign-in';
import type { Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';
import { GROUP } from './policies';

const TARGETS = ['Network Operators', 'Incident Responders', 'Break-glass custodians', 'Production Database Administrators (owners)'];

async function choose(page: Page, tenant: Tenant) {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Copy settings to…' }).click();
  await page.getByRole('button', { name: 'Select all of Activation' }).click();
  await page.getByText('Paste IDs or names').first().click();
  await page.getByRole('textbox', { name: 'Paste IDs or names' }).fill([...TARGETS, 'Nobody by that name'].join('\n'));
  await page.getByRole('button', { name: 'Add these' }).click();
  await expect(page.getByText('4 policies are chosen.')).toBeVisible();
}

export async function plan(page: Page, tenant: Tenant) {
  await choose(page, tenant);
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.locator('.rollout-sum')).toContainText('would be changed');
}

export async function send(page: Page) {
  await page.getByRole('button', { name: /^Change \d/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Change \d/ }).click();
}

export const rollouts: Scenario[] = [
  {
    name: 'rollout-empty',
    show: async (page) => {
      await signIn(page, 'ana', '#/rollout');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
  },
  { name: 'rollout-choose', show: choose },
  {
    name: 'rollout-aside',
    show: async (page, tenant) => {
      await choose(page, tenant);
      const { id } = await tenant.group('Incident Responders');
      await page.goto(`${APP}#/groups/${id}/owner/activation`);
      await page.getByRole('button', { name: 'Copy settings to…' }).click();
      await expect(page.getByText('Your earlier selection is kept')).toBeVisible();
    },
  },
  {
    name: 'rollout-source-changed',
    show: async (page, tenant) => {
      await choose(page, tenant);
      await tenant.editRule({
        group: GROUP, access: 'member', rule: 'Expiration_EndUser_Assignment', patch: { maximumDuration: 'PT3H' }, by: 'olga',
      });
      await page.getByRole('button', { name: 'Show the plan' }).click();
      await expect(page.getByText('The source has changed since you chose from it')).toBeVisible();
    },
  },
  {
    name: 'rollout-plan',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await page.locator('.rollout-row summary').nth(0).click();
      await page.locator('.rollout-row summary').nth(2).click();
      await expect(page.getByText('Saving brings this group into PIM for good.')).toBeVisible();
    },
  },
  {
    name: 'rollout-confirm',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await page.getByRole('button', { name: /^Change \d/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'rollout-course',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await tenant.setFaults({ method: 'PATCH', path: '/rules/', effect: { kind: 'latency', ms: 1_500 } });
      await send(page);
      await expect(page.getByText('sending').first()).toBeVisible();
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.waitForTimeout(2_500);
    },
  },
  {
    name: 'rollout-receipt',
    show: async (page, tenant) => {
      await plan(page, tenant);
      const { id } = await tenant.group(TARGETS[1]);
      await tenant.setFaults({ method: 'PATCH', path: id, times: 1, effect: { kind: 'refuse', status: 403 } });
      await send(page);
      await expect(page.getByRole('button', { name: 'Undo all' })).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: 'rollout-print',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await send(page);
      await expect(page.getByRole('button', { name: 'Undo all' })).toBeVisible({ timeout: 60_000 });
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    },
  },
  {
    name: 'rollout-little-room',
    show: async (page, tenant) => {
      await choose(page, tenant);
      await page.evaluate(() => localStorage.setItem('other', 'x'.repeat(4_995_000)));
      await page.getByRole('button', { name: 'Show the plan' }).click();
      await expect(page.getByText(/^This browser has room for the receipts/)).toBeVisible();
    },
  },
  {
    name: 'rollout-cut-short',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await send(page);
      await expect(page.getByRole('button', { name: 'Undo all' })).toBeVisible({ timeout: 60_000 });
      await page.evaluate(() => {
        const keys = Object.keys(localStorage);
        const key = keys.find((name) => name.startsWith('pim-desk.rollouts.')) ?? '';
        const record = { ...JSON.parse(localStorage.getItem(key) ?? ''), endedUnixMs: null, updatedUnixMs: 0 };
        localStorage.setItem(key, JSON.stringify(record));
        const receipts = keys.filter((name) => name.startsWith('pim-desk.receipt.'));
        for (const name of receipts.slice(0, 2)) localStorage.removeItem(name);
      });
      await page.goto('about:blank');
      await page.goBack();
      await page.reload();
      await page.getByRole('link', { name: 'Groups' }).first().click();
      await expect(page.getByText(/was interrupted$/)).toBeVisible({ timeout: 20_000 });
      await page.getByRole('link', { name: 'See the result' }).click();
      await expect(page.getByText(/cannot be undone from here/)).toBeVisible();
    },
  },
  {
    name: 'rollout-uncertain',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await send(page);
      await expect(page.getByRole('button', { name: 'Undo all' })).toBeVisible({ timeout: 60_000 });
      // This is how receipts are stored if nothing was read back in time.
      await page.evaluate(() => {
        for (const [key, text] of Object.entries(localStorage)) {
          if (key.startsWith('pim-desk.receipt.')) localStorage.setItem(key, text.replaceAll('"end":"verified"', '"end":"notVisibleYet"'));
        }
      });
      await page.reload();
      const notice = page.getByRole('main').getByRole('status').filter({ hasText: 'it is not known whether all of it was saved' });
      await expect(notice.getByRole('listitem')).not.toHaveCount(0, { timeout: 20_000 });
    },
  },
  {
    name: 'rollout-newer-receipts',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await send(page);
      await expect(page.getByRole('button', { name: 'Undo all' })).toBeVisible({ timeout: 60_000 });
      await page.evaluate(() => {
        const receipts = Object.keys(localStorage).filter((key) => key.startsWith('pim-desk.receipt.'));
        const newer = (key: string) => localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), version: 2 }));
        receipts.slice(0, 2).forEach(newer);
      });
      await page.reload();
      await expect(page.getByRole('main').getByText('The receipts of 2 policies could not be read')).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'rollout-changes',
    show: async (page, tenant) => {
      await plan(page, tenant);
      await send(page);
      await expect(page.getByRole('button', { name: 'Undo all' })).toBeVisible({ timeout: 60_000 });
      await page.getByRole('link', { name: 'Changes' }).first().click();
      await expect(page.getByRole('table')).toBeVisible();
    },
  },
];
