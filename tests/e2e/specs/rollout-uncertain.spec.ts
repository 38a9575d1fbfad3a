// The notice about policies for which it is unknown how their saves ended.
import { axe } from '../harness/axe';
import { hold } from '../harness/hold';
import { choose, send, show } from '../harness/plan';
import { expect, test } from '../harness/test';

const TARGETS = ['Network Operators', 'Incident Responders', 'Payment Platform Deployers'];

test('the notice of what is uncertain stays, with the focus in it, while one after another becomes known', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  await send(page, /^Change 3 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  // This is how receipts are stored if nothing was read back in time.
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(localStorage)) {
      if (key.startsWith('pim-desk.receipt.')) localStorage.setItem(key, text.replaceAll('"end":"verified"', '"end":"notVisibleYet"'));
    }
  });
  await page.reload();
  const notice = page.getByRole('main').getByRole('status').filter({ hasText: 'it is not known whether all of it was saved' });
  await expect(notice).toContainText('In 3 policies', { timeout: 20_000 });
  await expect(notice.getByRole('listitem')).toHaveCount(3);
  await axe(page);
  await notice.evaluate((element) => element.setAttribute('data-same', 'yes'));
  const last = await tenant.group(TARGETS[2]);
  const held = await hold(page, 'GET', last.id);
  const check = notice.getByRole('button', { name: 'Check all that is uncertain' });
  await check.click();
  await held.reached();
  await expect(notice).toContainText('In 1 policy', { timeout: 20_000 });
  await expect(notice.getByRole('listitem')).toHaveText([new RegExp(TARGETS[2])]);
  await expect(notice).toHaveAttribute('data-same', 'yes');
  await expect(check).toBeFocused();
  held.letGo();
  await expect(notice).toHaveCount(0, { timeout: 20_000 });
  await axe(page);
});

test('receipts that a newer version wrote are not called gone, and the page offers to reload', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  await send(page, /^Change 3 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  const address = page.url();
  await page.evaluate(() => {
    const receipts = Object.keys(localStorage).filter((key) => key.startsWith('pim-desk.receipt.'));
    const newer = (key: string) => localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), version: 2 }));
    receipts.slice(0, 2).forEach(newer);
  });
  await page.reload();
  const main = page.getByRole('main');
  const notice = main.getByRole('status').filter({ hasText: 'The receipts of 2 policies could not be read' });
  await expect(notice).toContainText('newer version of PIM Desk', { timeout: 20_000 });
  await expect(notice.getByRole('listitem')).toHaveCount(2);
  await expect(main.getByText('no longer kept')).toHaveCount(0);
  await expect(main.getByRole('row').filter({ hasText: 'its receipt could not be read' })).toHaveCount(2);
  await axe(page);
  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('pim-desk.rollouts.')) ?? '';
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), version: 2 }));
  });
  await page.reload();
  await expect(main.getByText(/^This change could not be read, perhaps because a newer version of PIM Desk recorded it/)).toBeVisible({ timeout: 20_000 });
  expect(page.url()).toBe(address);
  await expect(main.getByRole('button', { name: 'Reload' })).toBeVisible();
  await axe(page);
  await main.getByRole('link', { name: 'Go to changes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible();
});
