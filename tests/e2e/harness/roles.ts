// The two ways to turn Entra roles on: by the person, and by the installation.
import { expect, type Page } from '@playwright/test';
import { signIn, type Person } from './sign-in';
import { CONFIG } from './tenant';

/** Serves a configuration with `entraRoles`; call it before the page is opened. */
export async function withRoles(page: Page) {
  await page.route('**/config.json', (route) => route.fulfill({ json: { ...CONFIG, entraRoles: true } }));
}

/** Signs in, goes to the roles and turns them on; ends when the list is shown. */
export async function showRoles(page: Page, person: Person = 'ana') {
  await signIn(page, person, '#/roles');
  await page.getByRole('button', { name: 'Show Entra roles' }).click();
  await expect(page.getByRole('heading', { name: 'Built-in roles' })).toBeVisible();
}

/** Opens a role from the list; ends when its policy is shown. */
export async function openRole(page: Page, role: string, tab = 'Activation') {
  await page.getByRole('searchbox', { name: 'Find a role' }).fill(role);
  await page.getByRole('link', { name: role, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: role })).toBeVisible();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: tab }).click();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}
