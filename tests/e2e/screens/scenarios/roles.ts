// Entra roles: the list, a role's policy, and copying settings between policies.
import { expect, type Page } from '@playwright/test';
import { APP, GRAPH } from '../../harness/browser';
import { openRole, showRoles } from '../../harness/roles';
import { signIn } from '../../harness/sign-in';
import type { Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';
import { GROUP } from './policies';

const role = (name: string, title: string, tab: string): Scenario => ({
  name,
  show: async (page) => {
    await showRoles(page);
    await openRole(page, title, tab);
  },
});

const copying = async (page: Page, tenant: Tenant) => {
  await showRoles(page);
  const { id } = await tenant.group(GROUP);
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Copy settings from…' }).click();
};

export const roles: Scenario[] = [
  {
    name: 'roles-gate',
    show: async (page) => {
      await signIn(page, 'ana', '#/roles');
      await expect(page.getByRole('button', { name: 'Show Entra roles' })).toBeVisible();
    },
  },
  { name: 'roles', show: (page) => showRoles(page) },
  {
    name: 'roles-search',
    show: async (page) => {
      await showRoles(page);
      await page.getByRole('combobox', { name: 'Show' }).selectOption('Privileged roles');
      await page.getByRole('searchbox').fill('admin');
    },
  },
  {
    name: 'roles-no-hit',
    show: async (page) => {
      await showRoles(page);
      await page.getByRole('searchbox').fill('zebra');
      await expect(page.getByRole('main').getByText('No role matches “zebra”.')).toBeVisible();
    },
  },
  {
    name: 'roles-loading',
    show: async (page) => {
      await page.route(/roleDefinitions/, () => new Promise<void>(() => {}));
      await signIn(page, 'ana', '#/roles');
      await page.getByRole('button', { name: 'Show Entra roles' }).click();
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'roles-forbidden',
    show: async (page) => {
      await showRoles(page, 'otto');
      await page.getByRole('link', { name: 'Global Reader', exact: true }).click();
      await expect(page.getByText('You may not read the policies of Entra roles')).toBeVisible();
    },
  },
  {
    name: 'roles-error',
    show: async (page) => {
      await page.route(`${GRAPH}/**/roleDefinitions**`, (route) => route.abort());
      await signIn(page, 'ana', '#/roles');
      await page.getByRole('button', { name: 'Show Entra roles' }).click();
      await expect(page.getByText(/could not be reached/).first()).toBeVisible({ timeout: 60_000 });
    },
  },
  role('role-activation', 'Global Administrator', 'Activation'),
  role('role-no-approver', 'Groups Administrator', 'Activation'),
  role('role-custom', 'Contoso Joiner Desk', 'Assignment'),
  {
    name: 'copy-source',
    show: async (page, tenant) => {
      await copying(page, tenant);
      await page.getByRole('dialog').getByRole('combobox').fill('admin');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'copy-settings',
    show: async (page, tenant) => {
      await copying(page, tenant);
      await page.getByRole('dialog').getByRole('combobox').fill('groups adm');
      await page.getByRole('option', { name: /^Groups Administrator/ }).click();
      await expect(page.getByText('From Groups Administrator')).toBeVisible();
      await expect(page.locator('dialog .skeleton')).toHaveCount(0);
    },
  },
];
