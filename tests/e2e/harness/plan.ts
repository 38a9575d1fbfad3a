// The plan of a change of many policies.
import { expect, type Page } from '@playwright/test';
import { signIn } from './sign-in';
import type { Tenant } from './tenant';

/** The policy whose settings are copied. */
export const SOURCE = 'Tier-0 Operators';

/** The plan. */
export const plan = (page: Page) => page.getByRole('region', { name: 'The plan' });

/** Presses the button that sends, and confirms if asked; ends when the plan is running. */
export async function send(page: Page, name: RegExp) {
  await plan(page).getByRole('button', { name }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name });
  const begun = plan(page).waitFor({ state: 'hidden' });
  const asked = await Promise.race([confirm.waitFor().then(() => true), begun.then(() => false)]);
  if (asked) await confirm.click();
  await begun;
}

/** From the policy page: selects settings, pastes the targets. */
export async function choose(page: Page, tenant: Tenant, names: string[]) {
  const { id } = await tenant.group(SOURCE);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Copy settings to…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Copy settings' })).toBeVisible();
  await expect(page.getByRole('region', { name: '1. From' })).toContainText(`${SOURCE} (members)`);
  await page.getByRole('button', { name: 'Select all of Activation' }).click();
  await page.getByText('Paste IDs or names').first().click();
  await page.getByRole('textbox', { name: 'Paste IDs or names' }).fill([...names, 'Nobody by that name'].join('\n'));
  await page.getByRole('button', { name: 'Add these' }).click();
  await expect(page.getByText(`${names.length} policies are chosen.`)).toBeVisible();
  await expect(page.getByText('Not found: Nobody by that name')).toBeVisible();
}

/** Shows the plan for the selection. */
export async function show(page: Page) {
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(plan(page).getByText(/would be changed/)).toBeVisible();
}
