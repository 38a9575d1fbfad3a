// The page of a policy in the tests.
import type { Page } from '@playwright/test';
import { signIn, type Person } from './sign-in';
import { expect } from './test';
import type { Tenant } from './tenant';

/** Whose policy it is unless another one is asked for. */
export const GROUP = 'Tier-0 Operators';

/** Signs in and opens a tab of the members' policy; gives the group's id. */
export async function open(page: Page, tenant: Tenant, tab = 'activation', person: Person = 'ana', group = GROUP) {
  const { id } = await tenant.group(group);
  await signIn(page, person, `#/groups/${id}/member/${tab}`);
  await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
  return id;
}

/** The first field of the activation's length. */
export const hours = (page: Page) => page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
/** The dialog with the changes. */
export const review = (page: Page) => page.getByRole('dialog', { name: /^Review/ });
