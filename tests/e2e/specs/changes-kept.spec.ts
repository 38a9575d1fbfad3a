// What is remembered of a save if the browser stores it badly, and what another tab shows of it.
import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { hurryTo, installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { enter, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';

const hours = (page: Page) => page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
const dialog = (page: Page) => page.getByRole('dialog');
const saved = (page: Page) => expect(dialog(page).getByText('1 of 1 rule verified.').first()).toBeVisible({ timeout: 30_000 });
const row = (page: Page) => page.getByRole('row', { name: /Tier-0 Operators/ });

async function open(page: Page, tenant: Tenant) {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByRole('heading', { level: 1, name: GROUP })).toBeVisible();
  return `#/groups/${id}/member/activation`;
}

async function review(page: Page) {
  await hours(page).fill('2');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('button', { name: 'Save 1 change', disabled: false })).toBeVisible();
}

async function toChanges(page: Page) {
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes' }).click();
}

test('a save is listed though another page clears what the browser keeps meanwhile', async ({ page, context, tenant }) => {
  await open(page, tenant);
  const other = await context.newPage();
  await enter(other, '#/help');
  await review(page);
  const held = await hold(page, 'PATCH', '/rules/');
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await held.reached();
  await other.evaluate(() => localStorage.clear());
  held.letGo();
  await saved(page);
  await toChanges(page);
  await expect(row(page)).toContainText('saved');
  await page.reload();
  await expect(row(page)).toContainText('saved', { timeout: 20_000 });
});

test('a receipt whose later forms had no room is read again, and blames nobody else', async ({ page, tenant }) => {
  await open(page, tenant);
  await review(page);
  await page.evaluate(() => {
    const keep = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (key.startsWith('pim-desk.receipt.') && /"end":"(sending|accepted|verified)"/.test(value)) {
        throw new DOMException('full', 'QuotaExceededError');
      }
      keep.call(this, key, value);
    };
  });
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await saved(page);
  await toChanges(page);
  await expect(row(page)).toContainText('saved');
  await page.reload();
  const notice = page.getByRole('status').filter({ hasText: 'A save to Tier-0 Operators (members) was interrupted' });
  await expect(notice).toContainText('All of it was saved.', { timeout: 20_000 });
  await row(page).getByRole('link').click();
  await expect(page.getByText('1 of 1 rule saved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo…' })).toBeVisible();
  await expect(page.getByText('the policy has another value now')).toHaveCount(0);
  await axe(page);
});

test('a policy without edits in another tab shows what was saved here', async ({ page, context, tenant }) => {
  const route = await open(page, tenant);
  const other = await context.newPage();
  await enter(other, route);
  await expect(hours(other)).toBeVisible();
  await expect(hours(other)).not.toHaveValue('2');
  await review(page);
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await saved(page);
  await expect(other.getByText('Another tab saved this policy; it is shown as it is now.').first()).toBeVisible({ timeout: 20_000 });
  await expect(hours(other)).toHaveValue('2');
  await axe(other);
});

test('a browser that takes nothing more keeps the changes that it has, and lists the new one', async ({ page, tenant }) => {
  await open(page, tenant);
  await review(page);
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await saved(page);
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.evaluate(() => {
    const keep = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (this === localStorage) throw new DOMException('full', 'QuotaExceededError');
      keep.call(this, key, value);
    };
  });
  await hours(page).fill('3');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change', disabled: false }).click();
  await saved(page);
  await toChanges(page);
  await expect(row(page)).toHaveCount(2);
  await expect(page.getByText('This browser could not keep 1 receipt')).toBeVisible();
  await page.reload();
  await expect(row(page)).toHaveCount(1);
});

test('a change that is forgotten while it is checked again stays forgotten', async ({ page, tenant, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await installClock(page);
  await open(page, tenant);
  await review(page);
  await tenant.setFaults({ method: 'PATCH', path: '/rules/', effect: { kind: 'dropBefore' } });
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await hurryTo(page, dialog(page).getByText(/1 with a lost answer/)); // it is looked for during 45 seconds
  await tenant.setFaults();
  await toChanges(page);
  await dialog(page).getByRole('button', { name: 'Leave, keep changes' }).click();
  await row(page).getByRole('link').click();
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('pim-desk.receipt.')));
  expect(await kept()).toHaveLength(1);
  const held = await hold(page, 'GET', 'roleManagementPolicyAssignments');
  await page.getByRole('main').getByRole('button', { name: 'Check again' }).click();
  await held.reached();
  await page.getByRole('main').getByRole('button', { name: 'Forget this change' }).click();
  await dialog(page).getByRole('button', { name: 'Forget this change' }).click();
  await expect.poll(kept).toEqual([]);
  const read = page.waitForResponse((answer) => answer.url().includes('roleManagementPolicyAssignments'));
  held.letGo();
  await (await read).finished();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await page.clock.runFor(10_000);
  expect(await kept()).toEqual([]);
});
