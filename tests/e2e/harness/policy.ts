// The page of a policy in the tests.
import type { Page } from '@playwright/test';
import { APP } from './browser';
import { choosePerson, signIn, type Person } from './sign-in';
import { expect } from './test';
import type { Tenant } from './tenant';

/** The default group. */
export const GROUP = 'Tier-0 Operators';

/** Signs in and opens a tab of the members' policy; returns the group's ID. */
export async function open(page: Page, tenant: Tenant, tab = 'activation', person: Person = 'ana', group = GROUP) {
  const { id } = await tenant.group(group);
  await signIn(page, person, `#/groups/${id}/member/${tab}`);
  await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
  return id;
}

/** The hours field of the activation's maximum duration. */
export const hours = (page: Page) => page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
/** The dialog with the changes. */
export const review = (page: Page) => page.getByRole('dialog', { name: /^Review/ });

/** Saves a change where only the permissions to read are granted. */
export async function saveWithoutRight(page: Page, tenant: Tenant) {
  const read = [
    'User.Read', 'User.ReadBasic.All', 'GroupMember.Read.All', 'PrivilegedAccess.Read.AzureADGroup',
    'RoleManagementPolicy.Read.AzureADGroup', 'PrivilegedAssignmentSchedule.Read.AzureADGroup', 'AuthenticationContext.Read.All',
  ];
  await tenant.reset({ consented: read });
  const { id } = await tenant.group(GROUP);
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await choosePerson(page, 'ana');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
}
