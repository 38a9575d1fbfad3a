// Signing out while another tab of the browser has unsent text.
import type { BrowserContext, Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { APP, LOGIN } from '../harness/browser';
import { hurryTo, installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { choosePerson, enter, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const LEFT = 'Signed out in another tab';

/** Ana signs out in another tab while this one waits for its token; returns that tab, and how the token arrives. */
async function signOutWhileReturning(page: Page, context: BrowserContext) {
  await signIn(page, 'ana', '#/approvals');
  const other = await context.newPage();
  await enter(other, '#/help');
  let letGo = () => {};
  const gate = new Promise<void>((done) => (letGo = done));
  let reached = false;
  await page.route('**/oauth2/v2.0/token', async (route) => {
    reached = true;
    await gate;
    await route.fallback();
  });
  await page.reload();
  await expect.poll(() => reached).toBe(true);
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  return { other, letGo };
}

/** Ana edits a policy in one tab and signs out in another; returns the first tab. */
async function signOutElsewhere(page: Page, context: BrowserContext, tenant: Tenant, button: string) {
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByLabel('hours', { exact: true }).fill('2');
  await expect(page.getByRole('button', { name: 'Review changes' })).toBeVisible();
  const other = await context.newPage();
  await enter(other, '#/approvals');
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: button, exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  await expect(page.getByText(LEFT)).toBeVisible();
  return id;
}

const kept = (page: Page) => page.evaluate(() => Object.keys(sessionStorage).sort());

test('a sign-out in another tab leaves what was typed here, for the same person', async ({ page, context, tenant }) => {
  const id = await signOutElsewhere(page, context, tenant, 'Sign out');
  await expect(page.getByText('unsaved changes to 1 policy')).toBeVisible();
  await expect(page.getByText('Tier-0 Operators')).toHaveCount(0);
  await axe(page);
  // a reload does not sign in by itself, and asks again
  await page.reload();
  await expect(page.getByText(LEFT)).toBeVisible();
  for (const name of await kept(page)) expect(name).toMatch(/^pim-desk\.(draft\.|left$)/);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(page.getByLabel('hours', { exact: true })).toHaveValue('2');
  expect(page.url()).toBe(`${APP}#/groups/${id}/member/activation`);
  await expect.poll(() => kept(page)).not.toContain('pim-desk.left');
});

test('nobody else is given what was typed, and discarding it is a choice', async ({ page, context, tenant }) => {
  await signOutElsewhere(page, context, tenant, 'Sign out of Microsoft');
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.waitForURL(`${LOGIN}/**`);
  await choosePerson(page, 'dana');
  await expect(page.getByText('The account has changed')).toBeVisible();
  await expect(page.getByText('unsaved changes to 1 policy')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(page.getByText('unsaved changes to 1 policy')).toHaveCount(0);
  await expect.poll(() => kept(page)).toEqual([]);
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
});

test('a tab in which nothing was typed is signed out with the other', async ({ page, context }) => {
  await signIn(page, 'ana', '#/approvals');
  const other = await context.newPage();
  await enter(other, '#/help');
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  await expect(page.getByText(LEFT)).toHaveCount(0);
  await expect.poll(() => kept(page)).toEqual([]);
});

/** Signs out in another tab while `page` is on another site. */
async function signOutMeanwhile(page: Page, context: BrowserContext) {
  const other = await context.newPage();
  await enter(other, '#/help');
  await page.goto('about:blank');
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
}

test('a tab that was on another site meanwhile does not sign in again by itself', async ({ page, context }) => {
  await signIn(page, 'ana', '#/approvals');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await signOutMeanwhile(page, context);
  await page.goto(`${APP}#/approvals`);
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  await expect.poll(() => kept(page)).toEqual([]);
  // once the person has signed in, a reload comes back silently as before
  await enter(page, '#/approvals');
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

/** Signs in and types into a policy; ends when the tab keeps it. Returns the route. */
async function typed(page: Page, tenant: Tenant) {
  const { id } = await tenant.group('Tier-0 Operators');
  const route = `#/groups/${id}/member/activation`;
  await signIn(page, 'ana', route);
  await page.getByLabel('hours', { exact: true }).fill('2');
  await expect(page.getByRole('button', { name: 'Review changes' })).toBeVisible();
  await expect.poll(() => kept(page)).toContainEqual(expect.stringMatching(/^pim-desk\.draft\./));
  return route;
}

test('what was typed in such a tab waits for its person', async ({ page, context, tenant }) => {
  const route = await typed(page, tenant);
  await signOutMeanwhile(page, context);
  await page.goto(APP + route);
  await expect(page.getByText(LEFT)).toBeVisible();
  for (const name of await kept(page)) expect(name).toMatch(/^pim-desk\.(draft\.|left$)/);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(page.getByLabel('hours', { exact: true })).toHaveValue('2');
});

test('a silent return that the person stops offers to sign in, and keeps what was typed', async ({ page, tenant }) => {
  await installClock(page);
  const route = await typed(page, tenant);
  // As after Stop: the browser stays on the page.
  const asked: (string | null)[] = [];
  await page.route(/\/authorize\?/, (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('prompt'));
    return asked.length > 1 ? route.fallback() : route.fulfill({ status: 204 });
  });
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect.poll(() => asked).toEqual(['none']);
  await expect(page.getByText('Signing in…')).toBeVisible();
  const again = page.getByRole('button', { name: 'Sign in again' });
  await hurryTo(page, again);
  await expect(page.getByText('unsaved changes to 1 policy')).toBeVisible();
  await axe(page);
  await again.click();
  await expect(page.getByLabel('hours', { exact: true })).toHaveValue('2');
  expect(page.url()).toBe(APP + route);
  expect(asked).toHaveLength(2);
});

test('what was typed waits for its person when their session cannot be continued', async ({ page, context, tenant }) => {
  await typed(page, tenant);
  await context.clearCookies();
  await page.reload();
  await expect(page.getByText('Unsent input is kept in this tab')).toBeVisible();
  await expect(page.getByText('unsaved changes to 1 policy')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch account' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await choosePerson(page, 'dana');
  await expect(page.getByText('The account has changed')).toBeVisible();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await choosePerson(page, 'ana');
  await expect(page.getByLabel('hours', { exact: true })).toHaveValue('2');
  await expect.poll(() => kept(page)).not.toContain('pim-desk.left');
});

test('a session that cannot be continued and has nothing unsent is not spoken of', async ({ page, context }) => {
  await signIn(page, 'ana', '#/approvals');
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await context.clearCookies();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Switch account' })).toBeVisible();
  await expect.poll(() => kept(page)).not.toContain('pim-desk.left');
});

test('switching the account in one tab leaves the others signed in', async ({ page, context }) => {
  await signIn(page, 'ana', '#/approvals');
  const menu = page.getByRole('navigation', { name: 'Main' });
  await expect(menu).toBeVisible();
  await page.evaluate(() => document.documentElement.classList.add('same-document'));
  const other = await context.newPage();
  await enter(other, '#/help');
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Switch account' }).click();
  await choosePerson(other, 'dana');
  await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect(menu).toBeVisible();
  await expect(page.locator('html.same-document')).toHaveCount(1);
  expect(await kept(page)).toContain('pim-desk.login-hint');
});

test('a tab that is just signing in hears of a sign-out, too', async ({ page, context }) => {
  const { letGo } = await signOutWhileReturning(page, context);
  letGo();
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  await expect.poll(() => kept(page)).toEqual([]);
});

test('a tab that hears late of a sign-out does not undo a sign-in since', async ({ page, context }) => {
  const { other, letGo } = await signOutWhileReturning(page, context);
  await enter(other, '#/help');
  letGo();
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  // Otherwise the tab in which the person signed in would not outlast a reload.
  const marks = () => other.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('pim-desk.signed-out.')));
  await expect.poll(marks).toEqual([]);
  await other.reload();
  await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('a tab that finds the service busy after a sign-out in another one forgets the person, too', async ({ page, context, tenant, watch }) => {
  // the silent attempt, which the sign-in service refuses, and the busy service
  watch.allow(/400 .*\/token/, /503/);
  await tenant.reset({ consented: [] });
  await signIn(page, 'ana', '#/roles');
  const show = page.getByRole('button', { name: 'Show Entra roles' });
  await expect(show).toBeVisible();
  const other = await context.newPage();
  await enter(other, '#/help');
  await show.click();
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  await expect(accept).toBeVisible();
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  const headers = { 'access-control-allow-origin': '*' };
  await page.route('**/oauth2/v2.0/token', (route) => route.fulfill({ status: 503, headers, body: 'later' }));
  await accept.click();
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  await expect.poll(() => kept(page)).toEqual([]);
});

test('a decision on its way is finished and read back before a tab is signed out by another', async ({ page, context, tenant }) => {
  await signIn(page, 'dana', '#/approvals');
  await page.getByRole('link', { name: 'Anton Sato' }).click();
  await page.getByRole('textbox', { name: 'Justification' }).fill('CHG0041877 is approved');
  const id = page.url().split('/').pop() ?? '';
  const status = async () => (await tenant.requests()).find((request) => request.id === id)?.status;
  const before = await status();
  const other = await context.newPage();
  await enter(other, '#/help');
  const held = await hold(page, 'GET', `/assignmentApprovals/${id}`);
  await page.getByRole('button', { name: /^Approve –/ }).click();
  await held.reached();
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  expect(await status()).toBe(before);
  held.letGo();
  await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  expect(await status()).not.toBe(before);
  await expect.poll(() => kept(page)).toEqual([]);
});

test('signing out during a decision names what would be lost beside it', async ({ page }) => {
  await signIn(page, 'dana', '#/approvals');
  const words = page.getByRole('textbox', { name: 'Justification' });
  const open = (name: string) => page.getByRole('link', { name }).first().click();
  await open('Zoë Haddad');
  await words.fill('CHG0041878 is not decided yet');
  await open('Anton Sato');
  await expect(words).toHaveValue('');
  await words.fill('CHG0041877 is approved');
  const held = await hold(page, 'GET', `/assignmentApprovals/${page.url().split('/').pop() ?? ''}`);
  await page.getByRole('button', { name: /^Approve –/ }).click();
  await held.reached();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'A decision is on its way' });
  await expect(dialog.getByText(/^It is finished and checked first/)).toBeVisible();
  await expect(dialog.getByText(/Leaving discards the justifications? of \d requests?/)).toBeVisible();
  await axe(page);
  await dialog.getByRole('button', { name: 'Stay' }).click();
  held.letGo();
  await open('Zoë Haddad');
  await expect(words).toHaveValue('CHG0041878 is not decided yet');
});
