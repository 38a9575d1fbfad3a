// The table of policies: as it opens, with all columns, its menus, during the survey, and when something fails.
import { expect, type Page } from '@playwright/test';
import { signIn } from '../../harness/sign-in';
import type { Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';

const DENIED = JSON.stringify({ error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } });
const many = { groups: 168, groupsInPim: 140 };

async function open(page: Page, tenant: Tenant, route = '#/matrix', seed: Record<string, unknown> = many) {
  await tenant.reset(seed);
  await signIn(page, 'ana', route);
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
}

const head = (page: Page, name: string | RegExp) => page.getByRole('columnheader', { name }).getByRole('button');

export const matrix: Scenario[] = [
  { name: 'matrix', show: (page, tenant) => open(page, tenant) },
  { name: 'matrix-mails', show: (page, tenant) => open(page, tenant, '#/matrix?mails=shown&freeze=1&hide=eligible.permanent') },
  {
    name: 'matrix-selected',
    show: async (page, tenant) => {
      await open(page, tenant, '#/matrix?only=deviating&sort=deviations');
      const boxes = page.getByRole('checkbox', { name: 'Select', exact: true });
      await boxes.nth(1).click();
      await boxes.nth(4).click({ modifiers: ['Shift'] });
    },
  },
  {
    name: 'matrix-column',
    show: async (page, tenant) => {
      await open(page, tenant);
      await head(page, 'Maximum duration').click();
    },
  },
  {
    name: 'matrix-approvers',
    show: async (page, tenant) => {
      await open(page, tenant, '#/matrix?col.activation.approvers=Dana%20Ruiz|*unread');
      await head(page, 'Approvers').click();
    },
  },
  {
    name: 'matrix-filtered',
    show: async (page, tenant) => {
      await open(page, tenant, '#/matrix?deviations=2..&col.activation.duration=*from=4h');
      await head(page, 'Deviations').click();
    },
  },
  {
    name: 'matrix-words',
    show: async (page, tenant) => {
      await open(page, tenant, '#/matrix?mails=shown&only=deviating');
      await head(page, /alert/i).first().click();
    },
  },
  {
    name: 'matrix-columns',
    show: async (page, tenant) => {
      await open(page, tenant);
      await page.getByRole('button', { name: 'Columns…' }).click();
    },
  },
  {
    name: 'matrix-cell',
    show: async (page, tenant) => {
      await open(page, tenant, '#/matrix?only=deviating');
      await page.locator('tbody td.weaker').first().click();
    },
  },
  {
    name: 'matrix-deviations',
    show: async (page, tenant) => {
      await open(page, tenant, '#/matrix?only=deviating&sort=deviations');
      await page.locator('tbody tr').first().locator('td').nth(1).click();
    },
  },
  {
    name: 'matrix-reading',
    show: async (page, tenant) => {
      await tenant.reset({ ...many, latencyMs: 700 });
      await signIn(page, 'ana', '#/matrix');
      await expect(page.getByText(/^[1-9]\d* of/)).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'matrix-failures',
    show: async (page, tenant) => {
      await tenant.reset(many);
      const { id } = await tenant.group('Tier-0 Operators');
      await tenant.setFaults({ path: id, times: 9, effect: { kind: 'replace', status: 403, contentType: 'application/json', body: DENIED } });
      await signIn(page, 'ana', '#/matrix');
      await expect(page.getByText(/could not be read$/)).toBeVisible({ timeout: 20_000 });
      await page.getByText('Show which and why').click();
    },
  },
  {
    name: 'matrix-forbidden',
    show: async (page) => {
      await signIn(page, 'otto', '#/matrix');
      await expect(page.getByText(/You may not read/)).toBeVisible({ timeout: 20_000 });
    },
  },
  { name: 'matrix-no-hit', show: async (page, tenant) => open(page, tenant, '#/matrix?q=zebra') },
  {
    name: 'matrix-roles-gate',
    show: async (page, tenant) => open(page, tenant, '#/matrix?show=members,owners,roles'),
  },
];
