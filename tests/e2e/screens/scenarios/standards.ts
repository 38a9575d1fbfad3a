// The report on baselines, and templates.
import { expect, type Page } from '@playwright/test';
import { withRoles } from '../../harness/roles';
import { signIn } from '../../harness/sign-in';
import { CONFIG, type Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';
import { open as openPolicy } from './policies';

const DENIED = JSON.stringify({ error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } });

const templates = (list: unknown[]) => ({ format: 'pim-desk/templates', version: 1, templates: list });

const TIER_0 = {
  key: 'tier-0',
  name: 'Tier 0',
  description: 'For groups that hold Privileged Role Administrator or Global Administrator',
  for: 'members',
  settings: {
    'activation.duration': 'PT2H',
    'activation.requirement': { context: 'c1' },
    'activation.ticket': true,
    'activation.approval': true,
    'activation.approvers': [{ kind: 'user', id: '7e526275-97a8-4dc6-932a-4db521cccf96' }],
    'eligible.expiry': 'P90D',
    'Notification_Admin_EndUser_Assignment.recipients': ['soc@contoso.com'],
  },
};
const UNUSABLE = { key: 'odd', name: 'Contractors', settings: { 'activation.duration': 'PT48H' } };
const TEAM = { key: 'standard', name: 'Standard of the identity team', description: 'For all groups', settings: { 'active.permanent': false } };

const take = (page: Page, name: string, content: unknown) =>
  page.getByLabel('Import a file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) });

async function listed(page: Page) {
  await page.route('**/config.json', (route) => route.fulfill({ json: { ...CONFIG, templates: true } }));
  await page.route('**/templates.json', (route) => route.fulfill({ json: templates([TEAM]) }));
  await signIn(page, 'ana', '#/templates');
  await take(page, 'two.json', templates([TIER_0, UNUSABLE]));
  await expect(page.getByRole('link', { name: 'Contractors' })).toBeVisible();
}

async function report(page: Page, query = '') {
  await withRoles(page);
  await signIn(page, 'ana', `#/report${query}`);
  await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible({ timeout: 30_000 });
}

async function selected(page: Page) {
  await report(page, '?verdict=not-met');
  const boxes = page.getByRole('checkbox', { name: /^Select .*MS\.AAD\.7\.[67]/ });
  for (const at of [0, 1]) await boxes.nth(at).check();
}

const made = async (page: Page, tenant: Tenant) => {
  await openPolicy(page, tenant);
  await page.getByRole('button', { name: 'Save as template…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('As Tier-0 Operators');
};

export const standards: Scenario[] = [
  { name: 'report', show: (page) => report(page) },
  { name: 'report-policies', show: (page) => report(page, '?by=policy') },
  { name: 'report-no-hit', show: (page) => report(page, '?q=zebra') },
  {
    name: 'report-groups-only',
    show: async (page) => {
      await signIn(page, 'ana', '#/report');
      await expect(page.getByText('Entra roles are not part of this report yet')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'report-reading',
    show: async (page, tenant) => {
      await tenant.reset({ groups: 168, groupsInPim: 140, latencyMs: 900 });
      await signIn(page, 'ana', '#/report?baseline=deployment-plan');
      await expect(page.getByText(/^[1-9]\d* of/)).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'report-failures',
    show: async (page, tenant) => {
      const { id } = await tenant.group('Tier-0 Operators');
      await tenant.setFaults({ path: id, times: 9, effect: { kind: 'replace', status: 403, contentType: 'application/json', body: DENIED } });
      await report(page);
    },
  },
  {
    name: 'report-forbidden',
    show: async (page) => {
      await signIn(page, 'otto', '#/report');
      await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible({ timeout: 30_000 });
    },
  },
  { name: 'report-selected', show: selected },
  {
    name: 'report-fix',
    show: async (page) => {
      await selected(page);
      await page.getByRole('button', { name: 'Propose fixes…' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Also send alerts to' }).fill('soc@contoso.com; soc at contoso;');
    },
  },
  {
    name: 'report-print',
    show: async (page) => {
      await report(page);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    },
  },
  {
    name: 'templates-empty',
    show: async (page) => {
      await signIn(page, 'ana', '#/templates');
      await expect(page.getByText('This browser keeps no template')).toBeVisible();
    },
  },
  { name: 'templates', show: listed },
  {
    name: 'templates-wrong-file',
    show: async (page) => {
      await page.route('**/config.json', (route) => route.fulfill({ json: { ...CONFIG, templates: true } }));
      await page.route('**/templates.json', (route) => route.fulfill({ status: 404, body: '' }));
      await signIn(page, 'ana', '#/templates');
      await take(page, 'damaged.json', templates([TIER_0, { key: 'B!', name: 'Bad', settings: { 'activation.duration': 8, x: 1 } }]));
      await expect(page.getByText('templates[1].key')).toBeVisible();
    },
  },
  {
    name: 'template',
    show: async (page) => {
      await listed(page);
      await page.getByRole('link', { name: 'Tier 0' }).click();
      await expect(page.getByRole('group', { name: 'Activation maximum duration (hours)' })).toBeVisible();
    },
  },
  {
    name: 'template-unusable',
    show: async (page) => {
      await listed(page);
      await page.getByRole('link', { name: 'Contractors' }).click();
      await expect(page.getByRole('group', { name: 'Activation maximum duration (hours)' })).toBeVisible();
    },
  },
  {
    name: 'template-new',
    show: async (page) => {
      await signIn(page, 'ana', '#/templates');
      await page.getByRole('button', { name: 'New template' }).click();
      await expect(page.getByRole('combobox', { name: 'Setting to add' })).toBeVisible();
    },
  },
  {
    name: 'template-team',
    show: async (page) => {
      await listed(page);
      await page.getByRole('link', { name: TEAM.name }).click();
      await expect(page.getByText('Your team hosts this template.')).toBeVisible();
    },
  },
  { name: 'template-save', show: made },
  {
    name: 'template-saved',
    show: async (page, tenant) => {
      await made(page, tenant);
      await page.getByRole('dialog').getByRole('button', { name: /^Save \d+ settings as a template/ }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'As Tier-0 Operators' })).toBeVisible();
    },
  },
  {
    name: 'template-deleted',
    show: async (page) => {
      await listed(page);
      await page.getByRole('link', { name: 'Contractors' }).click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await expect(page.getByText('“Contractors” was deleted.')).toBeVisible();
    },
  },
  {
    name: 'template-unknown',
    show: async (page) => {
      await signIn(page, 'ana', '#/templates/gone');
      await expect(page.getByRole('link', { name: 'Show all templates' })).toBeVisible();
    },
  },
];
