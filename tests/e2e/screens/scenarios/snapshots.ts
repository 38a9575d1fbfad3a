// Policies kept in a file, and what has changed since.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { Tenant } from '../../harness/tenant';
import { signIn } from '../../harness/sign-in';
import type { Scenario } from '../scenario';
import { GROUP } from './policies';

async function kept(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save file' }).click();
  return readFileSync(await (await waiting).path(), 'utf8');
}

const open = (page: Page, name: string, text: string) =>
  page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

async function drift(page: Page, tenant: Tenant) {
  await signIn(page, 'ana', '#/snapshots');
  const file = await kept(page);
  const { id } = await tenant.group(GROUP);
  const edit = { group: id, access: 'member', by: 'olga' };
  await tenant.editRule({ ...edit, rule: 'Expiration_EndUser_Assignment', patch: { maximumDuration: 'PT12H', tomorrow: 1 } });
  await tenant.editRule({ ...edit, rule: 'Notification_Admin_EndUser_Assignment', patch: { isDefaultRecipientsEnabled: false } });
  await open(page, 'pim-desk-snapshot.json', file);
  await expect(page.getByRole('row', { name: /Activation maximum duration/ })).toBeVisible({ timeout: 15_000 });
}

export const snapshots: Scenario[] = [
  {
    name: 'snapshots',
    show: async (page) => {
      await signIn(page, 'ana', '#/snapshots');
      await expect(page.getByRole('button', { name: 'Take snapshot' })).toBeVisible();
    },
  },
  {
    name: 'snapshots-taking',
    show: async (page, tenant) => {
      await tenant.reset({ groups: 168, groupsInPim: 140, latencyMs: 900 });
      await signIn(page, 'ana', '#/snapshots');
      await page.getByRole('button', { name: 'Take snapshot' }).click();
      await page.waitForTimeout(6_000);
    },
  },
  {
    name: 'snapshots-taken',
    show: async (page) => {
      await signIn(page, 'ana', '#/snapshots');
      await kept(page);
    },
  },
  {
    name: 'snapshots-same',
    show: async (page) => {
      await signIn(page, 'ana', '#/snapshots');
      await open(page, 'pim-desk-snapshot.json', await kept(page));
      await expect(page.getByText(/^Nothing changed/)).toBeVisible({ timeout: 15_000 });
    },
  },
  { name: 'snapshots-drift', show: drift },
  {
    name: 'snapshots-restore',
    show: async (page, tenant) => {
      await drift(page, tenant);
      await page.getByRole('checkbox', { name: 'Restore Activation maximum duration (hours)' }).check();
    },
  },
  {
    name: 'snapshots-print',
    show: async (page, tenant) => {
      await drift(page, tenant);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    },
  },
  {
    name: 'snapshots-damaged',
    show: async (page) => {
      await signIn(page, 'ana', '#/snapshots');
      await open(page, 'broken.json', '{"kind":"pim-desk.snapshot","version":1,"tenant":"x","policies":[{"rules":[1]}]}');
      await expect(page.getByText('This file cannot be opened')).toBeVisible();
    },
  },
  {
    name: 'snapshots-import-asks',
    show: async (page, tenant) => {
      const { id } = await tenant.group(GROUP);
      await signIn(page, 'ana', '#/snapshots');
      const one = (group: string, hours: number) => ({ GroupId: group, ActivationDuration: `PT${hours}H`, Odd: 1 });
      await open(page, 'policies.json', JSON.stringify([one(id, 1), { ...one(id, 2), Type: 'owner' }, one('Helpdesk', 2)]));
      await expect(page.getByRole('button', { name: 'Look up groups and names' })).toBeVisible();
    },
  },
  {
    name: 'snapshots-import',
    show: async (page) => {
      await signIn(page, 'ana', '#/snapshots');
      const policies = { [GROUP]: { Member: { ActivationDuration: 'PT1H', Odd: 1 } }, Nobody: { Owner: {} } };
      await open(page, 'pim-config.json', JSON.stringify({ GroupRoles: { Policies: policies } }));
      await page.getByRole('button', { name: 'Look up groups and names' }).click();
      await expect(page.getByText('Not matched')).toBeVisible({ timeout: 15_000 });
    },
  },
];
