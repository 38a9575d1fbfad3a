// The page of a policy in the tests.
import type { Page } from '@playwright/test';
import { signIn, type Person } from './sign-in';
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
