// Where the focus goes when its element disappears: never to the start of the page.
import type { Page } from '@playwright/test';
import { APP } from '../harness/browser';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const GROUP = 'Tier-0 Operators';

/** Presses a button by keyboard, and waits until it is gone. */
async function press(page: Page, name: string | RegExp) {
  const button = page.getByRole('button', { name }).first();
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveCount(0);
}

/** The focus is on something visible, inside the named element. */
async function stands(page: Page, where: string) {
  await expect(page.locator(`${where} :focus, ${where}:focus`)).toBeVisible();
}

test('removed settings and notices of a template hand the focus to what stands beside them', async ({ page }) => {
  const settings = { 'activation.duration': 'PT2H', 'activation.ticket': true, 'active.permanent': false };
  const file = { format: 'pim-desk/templates', version: 1, templates: [{ key: 'tier', name: 'Tier 0', settings }] };
  await signIn(page, 'ana', '#/templates');
  await page.getByLabel('Import a file').setInputFiles({
    name: 'one.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await page.getByRole('link', { name: 'Tier 0' }).click();
  await press(page, 'Remove: Require ticket information on activation');
  await stands(page, '.template-row');
  await press(page, 'Remove: Allow permanent active assignment');
  await stands(page, '.template-row');
  await press(page, 'Remove: Activation maximum duration (hours)');
  await stands(page, 'main');
  await press(page, 'Delete');
  await expect(page).toHaveURL(`${APP}#/templates`);
  await press(page, 'Undo');
  await stands(page, 'main');
});

test('put back, discarded or read again: the focus stays in the policy', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  const hours = page.getByLabel('hours', { exact: true });
  await hours.fill('2');
  await press(page, /^Reset|^Put back/);
  await stands(page, '.setting');
  await hours.fill('2');
  await press(page, 'Discard');
  await stands(page, 'main');
});

test('in the matrix: a hidden column, cleared filters and a cleared selection', async ({ page }) => {
  await signIn(page, 'ana', '#/matrix?only=deviating');
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
  await press(page, 'Show all rows');
  await stands(page, 'main');
  await page.getByRole('checkbox', { name: 'Select', exact: true }).nth(1).click();
  // The address of a filter is written some time after it was set: here while the focus is on what disappears next.
  await page.getByRole('button', { name: 'Clear selection' }).focus();
  await page.evaluate(() => history.replaceState(null, '', '#/matrix?sort=duration'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Clear selection' })).toHaveCount(0);
  await stands(page, 'main');
  await page.getByRole('columnheader', { name: 'Maximum duration' }).getByRole('button').click();
  await press(page, 'Hide column');
  await stands(page, 'main');
});

test('a file that is closed, and filters that are cleared', async ({ page }) => {
  await signIn(page, 'ana', '#/snapshots');
  await page.getByLabel('Choose a file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') });
  await press(page, 'Close file');
  await stands(page, 'main');
  await page.goto(`${APP}#/dead-ends?q=zebra`);
  await press(page, 'Show all');
  await stands(page, 'main');
  await page.goto(`${APP}#/report?baseline=deployment-plan&q=zebra`);
  await press(page, 'Show all');
  await stands(page, 'main');
});

test('in the plan: a setting that is left out', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Copy settings to…' }).click();
  await page.getByRole('button', { name: 'Select all of Activation' }).click();
  await page.getByText('Paste IDs or names').first().click();
  await page.getByRole('textbox', { name: 'Paste IDs or names' }).fill('Network Operators');
  await page.getByRole('button', { name: 'Add these' }).click();
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.locator('.rollout-row summary').first().click();
  await press(page, 'Leave out Activation maximum duration (hours)');
  await stands(page, '.rollout-row');
});
