// The changes stored in this browser, and what the review finds in the tenant.
import { expect, type Page } from '@playwright/test';
import { APP } from '../../harness/browser';
import { signIn } from '../../harness/sign-in';
import type { Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';
import { GROUP, change, open } from './policies';

async function saved(page: Page, tenant: Tenant) {
  await open(page, tenant, 'member/activation', 'ana');
  await change(page);
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 3 changes' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('3 of 3 rules verified.')).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes' }).click();
  await expect(page.getByRole('row', { name: /Tier-0 Operators/ })).toBeVisible();
}

export const changes: Scenario[] = [
  { name: 'changes', show: saved },
  {
    name: 'change',
    show: async (page, tenant) => {
      await saved(page, tenant);
      await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
      await expect(page.getByText('3 of 3 rules saved')).toBeVisible();
    },
  },
  {
    name: 'change-undo-replaces',
    show: async (page, tenant) => {
      const { id } = await tenant.group(GROUP);
      await saved(page, tenant);
      await page.goto(`${APP}#/groups/${id}/member/activation`);
      await page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first().fill('7');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes' }).click();
      await page.getByRole('button', { name: 'Leave, keep changes' }).click();
      await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
      await page.getByRole('button', { name: 'Undo…' }).click();
      await expect(page.getByText('This would replace your unsaved changes to the same settings')).toBeVisible();
    },
  },
  {
    name: 'change-print',
    show: async (page, tenant) => {
      await saved(page, tenant);
      await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
      await expect(page.getByText('3 of 3 rules saved')).toBeVisible();
      await page.emulateMedia({ media: 'print' });
    },
  },
  {
    name: 'changes-newer',
    show: async (page, tenant) => {
      await saved(page, tenant);
      await page.evaluate(() => {
        const [key, text] = Object.entries(localStorage).find(([name]) => name.startsWith('pim-desk.receipt.')) ?? ['', '{}'];
        const receipt = JSON.parse(text) as { id: string };
        for (const id of ['00000000-0000-4000-8000-0000000000f2', '00000000-0000-4000-8000-0000000000f3']) {
          localStorage.setItem(key.replace(receipt.id, id), JSON.stringify({ ...receipt, id, version: 2 }));
        }
      });
      await page.reload();
      const main = page.getByRole('main');
      await expect(main.getByText(/^2 changes in this browser could not be read/)).toBeVisible({ timeout: 20_000 });
      await expect(main.getByRole('row', { name: /Tier-0 Operators/ })).toBeVisible();
    },
  },
  {
    name: 'changes-empty',
    show: async (page) => {
      await signIn(page, 'ana', '#/changes');
      await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible();
    },
  },
  {
    name: 'review-findings',
    show: async (page, tenant) => {
      await open(page, tenant, 'member/assignment', 'ana', 'Data Warehouse Readers – Personal Data');
      await page.getByRole('link', { name: 'Activation', exact: true }).click();
      await page.getByRole('button', { name: /^Remove/ }).first().click();
      await page.getByRole('button', { name: 'Review changes' }).click();
      await expect(page.getByRole('dialog').getByText(/Worth a second look|The tenant check/).first()).toBeVisible();
    },
  },
];
