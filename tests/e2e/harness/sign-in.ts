// Going through the sign-in service's pages.
import type { Page } from '@playwright/test';
import { APP, LOGIN } from './browser';

/** The people of the seed who can sign in (tests/tenant/README.md). */
export type Person = 'ana' | 'dana' | 'olga' | 'rhea' | 'otto';

/** Opens the app at a route and signs in; ends when the browser is back at the app. */
export async function signIn(page: Page, person: Person, route = '') {
  await page.goto(APP + route);
  await page.getByRole('button', { name: /^sign in/i }).click();
  await choosePerson(page, person);
}

/** On the page for choosing an account: picks a person, and consents if asked. */
export async function choosePerson(page: Page, person: Person) {
  await page.waitForURL(`${LOGIN}/**`);
  await page.locator(`button[name=person][value=${person}]`).click();
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  // Nothing is pressed after that: a later page that asks for consent is the test's own.
  const asked = await Promise.race([page.waitForURL(`${APP}**`).then(() => false), accept.waitFor().then(() => true)]);
  if (asked) await accept.click();
  await page.waitForURL(`${APP}**`);
}

/** The same in another tab, where the sign-in service may already know Ana. Ends when the page is shown. */
export async function enter(page: Page, route: string) {
  await page.goto(APP + route);
  await page.getByRole('button', { name: /^sign in/i }).click();
  const pick = page.locator('button[name=person][value=ana]');
  const arrived = page.getByRole('navigation', { name: 'Main' }).waitFor();
  const asked = await Promise.race([arrived.then(() => false), pick.waitFor().then(() => true)]);
  if (asked) await pick.click();
  await arrived;
}
