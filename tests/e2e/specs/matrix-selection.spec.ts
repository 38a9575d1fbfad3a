// The selection in the matrix: it survives a new survey, and only what is there is acted on.
import type { Page } from '@playwright/test';
import { hold } from '../harness/hold';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const LIST = 'privilegedAccess/group/resources';

const bar = (page: Page) => page.getByRole('region', { name: 'Selected policies' });
const readAgain = (page: Page) => page.getByRole('button', { name: 'Read again' }).click();
const read = (page: Page) => expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });

test('while the table is read again, nothing is done with a part of what is selected', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/matrix');
  await read(page);
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await expect(bar(page)).toContainText(/^\d+ rows selected/);
  const all = Number(/^\d+/.exec((await bar(page).textContent()) ?? '')?.[0]);
  expect(all).toBeGreaterThan(4);
  const copy = bar(page).getByRole('button', { name: `Copy settings to these ${all}…` });
  const snapshot = bar(page).getByRole('button', { name: 'Take a snapshot or export…' });

  const held = await hold(page, 'POST', '/$batch', (call) => call.postData()?.includes(LIST) ?? false);
  await readAgain(page);
  await held.reached();
  await expect(bar(page)).toContainText(`0 rows selected, ${all} more not read yet`);
  for (const button of [copy, snapshot]) await expect(button).toHaveAttribute('aria-disabled', 'true');
  await snapshot.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/matrix$/);
  held.letGo();
  await read(page);
  await expect(bar(page)).toContainText(new RegExp(`^${all} rows selected(?!,)`));
  for (const button of [copy, snapshot]) await expect(button).not.toHaveAttribute('aria-disabled', 'true');

  // All groups but one have left PIM.
  const { id } = await tenant.group('Tier-0 Operators');
  const body = JSON.stringify({ value: [{ id }] });
  await tenant.setFaults({ path: LIST, effect: { kind: 'replace', status: 200, contentType: 'application/json', body } });
  await readAgain(page);
  await expect(page.getByText(`${all - 2} selected rows are no longer in the table and were deselected`)).toBeVisible();
  await read(page);
  await expect(bar(page)).toContainText(/^2 rows selected(?!,)/);
  await expect(bar(page).getByRole('button', { name: 'Compare these two' })).toBeVisible();
});

test('after a click on the box of all rows, the keyboard is on that box and on no row', async ({ page }) => {
  await signIn(page, 'ana', '#/matrix');
  await read(page);
  await page.locator('.grid tbody th a').first().focus();
  const all = page.getByRole('checkbox', { name: 'Select all rows shown' });
  await all.click();
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/matrix$/);
  await page.keyboard.press('Space');
  await expect(bar(page)).toHaveCount(0);
  await expect(all).not.toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.grid tbody td.pick').first()).toBeFocused();
});
