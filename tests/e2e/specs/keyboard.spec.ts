// Every view by Tab alone: the same stops backwards as forwards, no trap, and the focus always visible.
import type { Page } from '@playwright/test';
import { APP } from '../harness/browser';
import { showRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { bothWays } from '../harness/tab';
import { expect, test } from '../harness/test';

type View = [route: string, ready: (page: Page) => Promise<unknown>];

const heading = (name: string) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor();
const button = (name: string) => (page: Page) => page.getByRole('button', { name }).waitFor();

const VIEWS: View[] = [
  ['#/groups?q=tier', (page) => page.getByRole('link', { name: 'Tier-0 Operators' }).waitFor()],
  ['#/roles?q=admin', (page) => page.getByRole('link', { name: 'Global Administrator' }).first().waitFor()],
  ['#/templates', button('New template')],
  ['#/snapshots', button('Take snapshot')],
  ['#/changes', heading('Changes')],
  ['#/approvals', heading('Approvals')],
  ['#/approvals/history', heading('History')],
  ['#/rollout', heading('Copy settings')],
  ['#/help', heading('Help')],
];
const OF_ALL: View[] = [
  ['#/matrix', (page) => page.getByText(/^Read at/).waitFor()],
  ['#/dead-ends', (page) => page.getByRole('table', { name: 'Dead ends' }).waitFor()],
  ['#/report?baseline=deployment-plan&q=tier', button('Read again')],
];

test.use({ trace: 'off' }); // a trace of every key costs more than the keys
test.setTimeout(120_000);

for (const width of [1024, 360]) {
  test.describe(`with a request selected at ${width} px`, () => {
    test.use({ viewport: { width, height: 740 } });
    test('the bar covers nothing that has the focus', async ({ page }) => {
      await signIn(page, 'dana', '#/approvals');
      await page.getByRole('checkbox', { name: /^Select Zoë Haddad/ }).check();
      await expect(page.getByText('1 selected')).toBeVisible();
      await expect(page.getByText('denied before').first()).toBeVisible(); // the last that is read
      await bothWays(page, 'inbox with one selected');
    });
  });
}

for (const width of [1280, 360]) {
  test.describe(`by Tab at ${width} px, back as forth and always in sight`, () => {
    test.use({ viewport: { width, height: 740 } });
    for (const [words, views] of [['the views', VIEWS], ['the views of all policies', OF_ALL]] as const) {
      test(words, async ({ page }) => {
        await showRoles(page);
        for (const [route, ready] of views) {
          await page.goto(APP + route);
          await ready(page);
          await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0, { timeout: 20_000 });
          // Navigation within the app moves the focus to the new view's heading.
          await expect(page.locator('main h1:focus')).toHaveCount(1);
          await bothWays(page, route);
        }
      });
    }

    test('a policy, changed, in each of its tabs', async ({ page, tenant }) => {
      const { id } = await tenant.group('Tier-0 Operators');
      await signIn(page, 'ana', `#/groups/${id}/member/activation`);
      await page.getByLabel('hours', { exact: true }).fill('2');
      await expect(page.getByText('1 change', { exact: true })).toBeVisible();
      for (const tab of ['activation', 'assignment', 'notification']) {
        await page.goto(`${APP}#/groups/${id}/member/${tab}`);
        await expect(page.locator('.setting, .mail').first()).toBeVisible();
        await bothWays(page, tab);
      }
    });

    test('an inbox, and a request that is open', async ({ page }) => {
      await signIn(page, 'dana', '#/approvals');
      const first = page.getByRole('table').first().getByRole('link').first();
      await first.waitFor();
      await expect(page.getByText('denied before').first()).toBeVisible(); // the last that is read
      await bothWays(page, 'inbox');
      await first.click();
      await expect(page.getByText('Policy requires', { exact: true })).toBeVisible();
      await bothWays(page, 'request');
    });
  });
}

test('the account menu closes where Tab leads out of it', async ({ page }) => {
  await signIn(page, 'ana', '#/help');
  const account = page.getByRole('button', { name: /^Account/ });
  await account.focus();
  await page.keyboard.press('Enter');
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
  await expect(signOut).toBeVisible();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab');
  await expect(signOut).toBeVisible();
  await signOut.focus();
  await page.keyboard.press('Tab');
  await expect(signOut).toBeHidden();
  await expect(page.locator('main :focus, main:focus')).toBeVisible();
});
