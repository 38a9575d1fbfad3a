// The keys that the help page lists: each does what it says, and none does anything while text is typed.
import type { Page } from '@playwright/test';
import { APP } from '../harness/browser';
import { showRoles, withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

/** The keys listed on the help page and behind `?`; a key that is added there needs a test. */
const TOLD = [
  'Tab, Shift+Tab', // keyboard.spec.ts
  'Enter in the search for groups', // views.spec.ts
  'Esc',
  'Delete, Backspace on a name',
  'Arrow keys in the matrix', // matrix.spec.ts
  'j', 'k', 'Enter or o', 'x', 'Shift+x', 'a', 'd', '/', 'r', '?', 'Esc', 'g, then a', 'g, then g',
  'Ctrl+Enter, ⌘+Enter', // approvals-many.spec.ts
];

const inbox = async (page: Page) => {
  await withRoles(page);
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
};

test('the help page lists these keys and no others', async ({ page }) => {
  await signIn(page, 'ana', '#/help');
  const part = page.locator('section', { has: page.getByRole('heading', { name: 'Keyboard', exact: true }) });
  await expect(part.locator('tbody th').first()).toBeVisible();
  expect(await part.locator('tbody th').allTextContents()).toEqual(TOLD);
});

test('in the inbox: Enter opens, d turns to denying, r checks, and nothing is sent', async ({ page, tenant }) => {
  await inbox(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.locator('#page-title')).toContainText('Zoë Haddad');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${APP}#/approvals`);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.getByRole('link', { name: 'Zoë Haddad' })).toBeFocused();
  await tenant.clearLog();
  await page.keyboard.press('d');
  const words = page.getByRole('textbox', { name: /Justification|Reason/ });
  await expect(words).toBeFocused();
  await expect(page.getByRole('button', { name: /^Deny/ }).first()).toBeVisible();
  await page.keyboard.type('rdgag?');
  await expect(words).toHaveValue('rdgag?');
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto(`${APP}#/groups`);
  await page.goto(`${APP}#/approvals`);
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
  await page.getByRole('heading', { level: 1 }).focus();
  // By itself the inbox is read only every 45 s.
  const asked = page.waitForRequest((call) => call.url().includes('filterByCurrentUser'), { timeout: 15_000 });
  await page.keyboard.press('r');
  await asked;
});

// A busy page gets several keys at once, before the browser has told it of the address that the first one led to.
test('keys pressed before their view has come are kept for it', async ({ page }) => {
  await inbox(page);
  const press = (...keys: string[]) =>
    page.evaluate((all) => {
      for (const key of all) {
        const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        (document.activeElement ?? document.body).dispatchEvent(pressed);
      }
    }, keys);
  await press('j', 'o');
  await expect(page.locator('#page-title')).toContainText('Zoë Haddad');
  const rows = page.locator('.inbox-list tbody a[id^=row-]');
  const second = await rows.nth(1).getAttribute('id');
  await press('Escape', 'j');
  await expect(page.locator(`[id="${second}"]`)).toBeFocused();
  await expect(page).toHaveURL(`${APP}#/approvals`);
  // In the order of the keys: back at the row, to the next one and that opened.
  await press('k', 'o', 'Escape', 'j', 'o');
  await expect(page).toHaveURL(`${APP}#/approvals/${second?.slice('row-'.length)}`);
  await press('Escape');
  await expect(page.locator(`[id="${second}"]`)).toBeFocused();
  await press('o', 'Escape');
  await expect(page.locator(`[id="${second}"]`)).toBeFocused();
  await expect(page).toHaveURL(`${APP}#/approvals`);
  // The heading of a view, which takes the focus a frame after it came, does not take it from there.
  const search = page.getByRole('searchbox', { name: 'Find a group' });
  await press('g', 'g');
  await expect(search).toBeVisible();
  await press('g', 'a');
  await expect(rows.first()).toBeVisible();
  // The page that keys come from may have gone before they are carried out.
  await rows.first().focus();
  await press('o');
  await expect(page.locator('#page-title')).toContainText('Zoë Haddad');
  await press('Escape', 'g', 'g', '/');
  await expect(search).toBeFocused();
  await press('g', 'a');
  await expect(search).toBeFocused(); // there they are text
  await page.getByRole('heading', { level: 1 }).focus();
  await press('g', 'a');
  await expect(rows.first()).toBeVisible();
  await press('g', 'g', '/');
  await expect(search).toBeFocused();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(search).toBeFocused();
});

test('Esc closes the account menu, and leaves what is selected and what is open', async ({ page }) => {
  await inbox(page);
  const menu = page.locator('#account-menu');
  const account = page.getByRole('button', { name: /^Account/ });
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Selected requests' }).getByText('1 selected')).toBeVisible();
  await account.click();
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(page.getByRole('region', { name: 'Selected requests' }).getByText('1 selected')).toBeVisible();
  await page.getByRole('link', { name: 'Zoë Haddad' }).click();
  await expect(page.locator('#page-title')).toContainText('Zoë Haddad');
  const address = page.url();
  await account.click();
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(page).toHaveURL(address);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${APP}#/approvals`);
});

test('g leads to approvals and groups from anywhere, ? lists the keys', async ({ page }) => {
  await signIn(page, 'ana', '#/changes');
  await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(`${APP}#/approvals`);
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(page).toHaveURL(`${APP}#/groups`);
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(`${APP}#/groups`);
});

test('/ goes to the search of every list, Esc empties it, and typing there presses no shortcut', async ({ page }) => {
  test.setTimeout(90_000);
  await showRoles(page);
  const lists = ['groups', 'roles', 'matrix', 'dead-ends', 'report?baseline=deployment-plan'];
  for (const route of lists) {
    await page.goto(`${APP}#/${route}`);
    const search = page.getByRole('main').getByRole('searchbox').first();
    await expect(search, route).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0, { timeout: 20_000 });
    // It takes the focus a frame after it came.
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await page.keyboard.press('/');
    await expect(search, route).toBeFocused();
    await page.keyboard.type('gagg?/jkxdr');
    await expect(search, route).toHaveValue('gagg?/jkxdr');
    await expect(page.getByRole('dialog'), route).toHaveCount(0);
    expect(page.url(), route).toContain(`#/${route.split('?')[0]}`);
    await page.keyboard.press('Escape');
    await expect(search, route).toHaveValue('');
    await expect(search, route).toBeFocused();
  }
});

test('Delete and Backspace on a name take it out, and the focus stays beside it', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  for (const [name, key] of [['Dana Ruiz', 'Delete'], ['Tier-0 Approvers', 'Backspace']] as const) {
    const button = page.getByRole('button', { name: `Remove ${name}` });
    await button.focus();
    await page.keyboard.press(key);
    await expect(button).toHaveCount(0);
    await expect(page.locator('.setting :focus')).toBeVisible();
  }
});

test('where the row one was at has left the list, j goes on from its place, and no key acts on what is gone', async ({ page, tenant }) => {
  await inbox(page);
  const links = page.locator('.inbox-list .requests').first().locator('tbody th a');
  const [first, second] = [await links.nth(0).getAttribute('href'), await links.nth(1).getAttribute('href')];
  await page.keyboard.press('j');
  await expect(links.nth(0)).toBeFocused();
  await tenant.decide({ request: first?.split('/').pop() ?? '', by: 'olga', approve: false, justification: 'No' });
  await page.keyboard.press('r');
  await expect(page.locator(`.inbox-list a[href="${first}"]`)).toHaveCount(0);
  await page.keyboard.press('o');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await expect(page.locator(`.inbox-list a[href="${second}"]`)).toBeFocused();
  await expect(page).toHaveURL(`${APP}#/approvals`);
  await expect(page.getByText('1 selected')).toHaveCount(0);
});
