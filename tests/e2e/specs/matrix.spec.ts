import { readFileSync } from 'node:fs';
import type { Page, Request } from '@playwright/test';
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { hold } from '../harness/hold';
import { withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Fault, Tenant } from '../harness/tenant';

const MANY = { groups: 168, groupsInPim: 140 };

const rows = (page: Page) => page.locator('.grid tbody tr');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name }).first();
const head = (page: Page, name: string) => page.getByRole('columnheader', { name }).getByRole('button');
const read = (page: Page) => expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });

async function open(page: Page, tenant: Tenant, route = '#/matrix', seed: Record<string, unknown> = MANY) {
  await tenant.reset(seed);
  await signIn(page, 'ana', route);
  await read(page);
}

/** Whether a batch reads policies. */
const readsPolicies = (call: Request) => call.postData()?.includes('roleManagementPolicyAssignments') ?? false;

/** Microsoft refuses to read the policies of one group. */
const refusal = (id: string): Fault => ({
  path: `scopeId eq '${id}'`,
  effect: { kind: 'replace', status: 403, contentType: 'application/json', body: JSON.stringify({ error: { code: 'AccessDenied', message: 'no' } }) },
});

test('it fills with counts, is held against the majority, and holds few rows in the document', async ({ page, tenant }) => {
  await tenant.reset(MANY);
  const held = await hold(page, 'POST', '/$batch', readsPolicies);
  await signIn(page, 'ana', '#/matrix');
  await expect(page.getByText(/^\d+ of 140/)).toBeVisible();
  held.letGo();
  await read(page);
  await expect(page.getByText('280 policies')).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '282');
  expect(await rows(page).count()).toBeLessThanOrEqual(60);
  // Marked by a sign, a color and a word.
  const stricter = page.locator('td.stricter').first();
  await expect(stricter).toHaveText(/^▽ ./);
  await expect(stricter).toHaveAccessibleName(/^[^▽].*, stricter$/);
  await page.locator('.grid-frame').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  await expect(page.locator('.grid tbody tr[aria-rowindex="282"]')).toBeVisible();
  expect(await rows(page).count()).toBeLessThanOrEqual(60);
});

test('cancelled, it keeps what was read and reads the rest when asked', async ({ page, tenant }) => {
  await tenant.reset({ groups: 428, groupsInPim: 400 });
  let batches = 0;
  const held = await hold(page, 'POST', '/$batch', (call) => readsPolicies(call) && ++batches > 3);
  // Unread rows come last in this order.
  await signIn(page, 'ana', '#/matrix?sort=activation.duration');
  await expect(page.getByText(/^[1-9]\d* of 400/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  held.letGo();
  await expect(page.getByText(/^Stopped: \d+ of 400 groups and roles were read\./)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find by name or ID' }).fill('Berlin');
  await expect(rows(page).first()).toContainText('Berlin');
  await page.getByRole('searchbox', { name: 'Find by name or ID' }).fill('');
  const toTheEnd = () => page.locator('.grid-frame').evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '802');
  await toTheEnd();
  await expect(page.getByText('not read').first()).toBeVisible();
  await page.getByRole('button', { name: 'Read the rest' }).click();
  await read(page);
  await toTheEnd();
  await expect(page.getByText('not read')).toHaveCount(0);
});

test('a group that cannot be read is named with its reason, and retried', async ({ page, tenant }) => {
  await tenant.reset(MANY);
  const { id } = await tenant.group('Tier-0 Operators');
  await tenant.setFaults(refusal(id));
  await signIn(page, 'ana', '#/matrix?q=tier-0%20operators');
  await read(page);
  await expect(page.getByText('1 of 140 could not be read')).toBeVisible();
  await expect(row(page, 'Tier-0 Operators')).toContainText('failed');
  await page.getByText('Show which and why').click();
  const failure = page.locator('.matrix-failures li');
  await expect(failure).toContainText('Tier-0 Operators');
  await expect(failure).toContainText('You may not read');
  await axe(page);
  await failure.getByRole('button', { name: /^Try again/ }).click();
  await read(page);
  await expect(page.getByText('1 of 140 could not be read')).toBeVisible();
  // The row itself says why, too, and reads again.
  await row(page, 'Tier-0 Operators').getByText('failed').click();
  await expect(page.getByRole('dialog')).toContainText('You may not read this group’s policy'.replace('’', "'"));
  await page.keyboard.press('Escape');
  await tenant.setFaults();
  await page.getByRole('button', { name: 'Try all again' }).click();
  await expect(row(page, 'Tier-0 Operators')).not.toContainText('failed');
  await expect(page.getByText('could not be read')).toHaveCount(0);
});

test('order, filters and reference stand in the address and come back cold', async ({ page, tenant }) => {
  await open(page, tenant);
  await head(page, 'Maximum duration').click();
  await axe(page);
  await page.getByRole('radio', { name: 'Descending' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await expect(page).toHaveURL(/sort=-activation\.duration/);
  await expect(page.getByRole('columnheader', { name: 'Maximum duration' })).toHaveAttribute('aria-sort', 'descending');
  await expect(head(page, 'Maximum duration')).toBeFocused();
  await head(page, 'Ticket').click();
  await page.getByRole('checkbox', { name: /^yes \(\d+\)$/ }).check();
  await page.keyboard.press('Escape');
  await expect(head(page, 'Ticket')).toContainText('= yes');
  await page.getByRole('checkbox', { name: 'Only deviations' }).check();
  await page.getByRole('checkbox', { name: 'Owners' }).uncheck();
  const shown = page.getByText(/^\d+ of 140 policies, 1 column filtered$/);
  await expect(shown).toBeVisible();
  await expect(page).toHaveURL(/show=members.*only=deviating/);
  const words = await shown.textContent();
  const first = (await rows(page).first().textContent()) ?? '';

  await page.reload();
  await read(page);
  await expect(page.getByText(words ?? '')).toBeVisible();
  await expect.poll(() => rows(page).first().textContent()).toBe(first);
  await page.getByRole('button', { name: 'Show all rows' }).click();
  await expect(page.getByText('140 policies')).toBeVisible();
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Nothing');
  await expect(page.locator('td:is(.weaker, .stricter, .different)')).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('A group or role…');
  await page.getByRole('combobox', { name: 'Compare with a group or role' }).fill('Tier-0 Op');
  await page.getByRole('option', { name: 'Tier-0 Operators (members)' }).click();
  await expect(page).toHaveURL(/ref=groups%2F/);
  await expect(page.locator('td.weaker').first()).toBeVisible();
});

test('columns are filtered by several values, ranges, words, by what is not read, and by the deviations', async ({ page, tenant }) => {
  test.slow();
  await tenant.reset(MANY);
  const { id } = await tenant.group('Tier-0 Operators');
  await tenant.setFaults(refusal(id));
  // An address written by an earlier version.
  await signIn(page, 'ana', '#/matrix?col.activation.approvers=1%20person&only=deviating');
  await read(page);
  await expect(head(page, 'Approvers')).toContainText('= 1 person');
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Show all rows' }).click();

  const dialog = page.getByRole('dialog');
  const close = () => page.keyboard.press('Escape');
  await head(page, 'Maximum duration').click();
  await dialog.getByRole('textbox', { name: 'At least, in hours' }).fill('8.5');
  await dialog.getByRole('checkbox', { name: /^Rows that are not read \(2\)$/ }).check();
  await axe(page);
  await close();
  await expect(head(page, 'Maximum duration')).toContainText('≥ 8.5 h or not read');
  await expect(page).toHaveURL(/col\.activation\.duration=\*from%3D510m%7C\*unread|col\.activation\.duration=%2Afrom%3D510m%7C%2Aunread/);
  const address = page.url();
  await head(page, 'Deviations').click();
  await dialog.getByRole('checkbox', { name: /^failed \(2\)$/ }).check();
  await axe(page);
  await close();
  await expect(page.getByText(/^2 of 280 policies, 2 columns filtered$/)).toBeVisible();
  await expect.poll(() => page.url()).not.toBe(address); // it follows after a pause
  await expect(row(page, 'Tier-0 Operators')).toContainText('failed');
  await page.reload();
  await read(page);
  await expect(page.getByText(/^2 of 280 policies, 2 columns filtered$/)).toBeVisible();
  await page.getByRole('button', { name: 'Show all rows' }).click();

  // A single approver is shown by name, and found by it.
  await head(page, 'Approvers').click();
  await dialog.getByRole('textbox', { name: 'Words in the full value' }).fill('dana');
  await close();
  await expect(head(page, 'Approvers')).toContainText('“dana”');
  await expect(rows(page).first().locator('[aria-colindex="9"]')).toContainText('Dana');
  await page.getByRole('button', { name: 'Show all rows' }).click();
  await head(page, 'Deviations').click();
  await dialog.getByRole('textbox', { name: 'At least' }).fill('2');
  await dialog.getByRole('textbox', { name: 'At most' }).fill('3');
  await close();
  await expect(head(page, 'Deviations')).toContainText('2 to 3');
  const deviations = rows(page).locator('[aria-colindex="3"]');
  await expect.poll(async () => (await deviations.allTextContents()).filter((text) => !/^[23]( |$)/.test(text))).toEqual([]);
  // The reference's values are in the headers.
  await expect(head(page, 'Justification').first().locator('.grid-against')).toHaveText('Ref. yes');
});

test('one row tried again moves nothing else, and the counts stay true', async ({ page, tenant }) => {
  await tenant.reset(MANY);
  const { id } = await tenant.group('Tier-0 Operators');
  await tenant.setFaults(refusal(id));
  await signIn(page, 'ana', '#/matrix?only=deviating');
  await read(page);
  await page.getByText('Show which and why').click();
  await expect(page.locator('td.stricter, td.weaker, td.different').first()).toBeVisible();
  await tenant.setFaults();
  const held = await hold(page, 'POST', '/$batch');
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      if (!document.querySelector('.grid')) seen.push('no table');
      if (!document.querySelector('td.stricter, td.weaker, td.different')) seen.push('no marks');
    }).observe(document.querySelector('main') ?? document.body, { childList: true, subtree: true, attributes: true });
  });
  await page.locator('.matrix-failures li').getByRole('button', { name: /^Try again/ }).click();
  await expect(page.getByText(/^139 of 140/)).toBeVisible();
  held.letGo();
  await read(page);
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
  await expect(page.getByText('could not be read')).toHaveCount(0);
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByText(/140 of 140/)).toBeVisible();
});

test('a role is the reference though roles are not shown; what it says comes when it is read', async ({ page, tenant }) => {
  await tenant.reset(MANY);
  await withRoles(page);
  await signIn(page, 'ana', '#/matrix?ref=roles%2F62e90394-69f5-4237-9190-012177145e10');
  await read(page);
  await expect(page.getByText(/^The reference is not known/)).toHaveCount(0);
  await expect(page.getByText('280 policies')).toBeVisible();
  await expect(page.locator('td:is(.weaker, .stricter, .different)').first()).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Compare with' })).toContainText('Global Administrator');
});

test('a cell that the keyboard jumps to says its own row at once', async ({ page, tenant }) => {
  await open(page, tenant, '#/matrix?mails=shown');
  // The last column of the last row has a value that no other row has.
  await page.locator('.grid tbody th a').first().focus();
  await page.keyboard.press('Control+End');
  const href = await page.evaluate(() => document.activeElement?.querySelector('a')?.getAttribute('href') ?? '');
  const [, group, access] = /groups\/([0-9a-f-]{36})\/(\w+)/.exec(href) ?? [];
  const patch = { isDefaultRecipientsEnabled: false, notificationRecipients: [], notificationLevel: 'Critical' };
  await tenant.editRule({ group, access, rule: 'Notification_Approver_EndUser_Assignment', patch, by: 'olga' });
  const held = await hold(page, 'POST', '/$batch', readsPolicies);
  await page.getByRole('button', { name: 'Read again' }).click();
  await held.reached();
  await expect(page.getByText(/^Read at/)).toBeHidden();
  held.letGo();
  await read(page);
  await page.locator('.grid-frame').evaluate((frame) => frame.scrollTo(0, 0));
  await expect(rows(page).first()).toHaveAttribute('aria-rowindex', '3');
  await page.locator('.grid tbody th a').first().focus();
  // The last row, then at once its last column: that cell is far out of view, and its row element showed another row
  // before.
  const { at, atOnce } = await page.evaluate(() => {
    for (const ctrlKey of [true, false]) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', ctrlKey, bubbles: true }));
    }
    const cell = document.activeElement as HTMLElement;
    return { at: `${cell.closest('tr')?.getAttribute('aria-rowindex') ?? ''} ${cell.getAttribute('aria-colindex')}`, atOnce: cell.textContent };
  });
  expect(at).toMatch(/^\d+ \d\d$/);
  await page.waitForTimeout(600);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(atOnce);
  const row = await page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'));
  expect(at.startsWith(`${row} `)).toBe(true);
});

test('by keyboard alone: through the cells, a cell opened, rows selected, a policy opened and back to the same place', async ({ page, tenant }) => {
  await open(page, tenant, '#/matrix?sort=-activation.duration');
  const focused = () => page.evaluate(() => {
    const cell = document.activeElement?.closest('[aria-colindex]');
    return [cell?.closest('tr')?.getAttribute('aria-rowindex'), cell?.getAttribute('aria-colindex')].map(Number);
  });
  await page.getByRole('button', { name: 'Columns…' }).focus();
  for (let presses = 0; presses < 4 && !(await page.evaluate(() => !!document.activeElement?.closest('.grid'))); presses += 1) {
    await page.keyboard.press('Tab');
  }
  await expect.poll(focused).toEqual([3, 2]);
  await page.keyboard.press('Control+End');
  await expect.poll(focused).toEqual([282, 2]);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await focused())[1]).toBe(4);
  const at = await focused();
  expect(at[0]).toBeLessThan(280);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Activation maximum duration');
  await axe(page);
  await page.keyboard.press('Escape');
  await expect.poll(focused).toEqual(at);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await expect(page.getByRole('region', { name: 'Selected policies' })).toContainText('3 rows selected');

  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await focused())[1]).toBe(2);
  const place = await focused();
  const name = await page.evaluate(() => document.activeElement?.querySelector('a')?.textContent ?? '');
  const top = await page.locator('.grid-frame').evaluate((frame) => frame.scrollTop);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/sort=-activation\.duration/);
  await expect.poll(focused).toEqual(place);
  expect(await page.evaluate(() => document.activeElement?.querySelector('a')?.textContent)).toBe(name);
  await expect.poll(() => page.locator('.grid-frame').evaluate((frame) => frame.scrollTop)).toBe(top);
  await expect(page.getByRole('region', { name: 'Selected policies' })).toContainText('3 rows selected');
});

test('selected rows: copied to, compared, made the reference; columns hidden and kept in place', async ({ page, tenant }) => {
  await open(page, tenant);
  const box = page.getByRole('checkbox', { name: 'Select', exact: true });
  await box.nth(0).click();
  await page.getByRole('button', { name: 'Use as reference' }).click();
  await expect(rows(page).first()).toContainText('0');
  await expect(page).toHaveURL(/ref=groups/);
  await box.nth(2).click();
  await page.getByRole('button', { name: 'Compare these two' }).click();
  await expect(page).toHaveURL(/#\/compare\?left=groups.*right=groups/);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Copy settings to these 2…' })).toBeVisible();

  await page.getByRole('checkbox', { name: 'Select all rows shown' }).check();
  await expect(page.getByText('280 rows selected')).toBeVisible();
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await head(page, 'Requires').click();
  await page.getByRole('button', { name: 'Keep columns in place up to here' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await head(page, 'Justification').first().click();
  await page.getByRole('button', { name: 'Hide column' }).click();
  await expect(page).toHaveURL(/hide=activation\.justification&freeze=2/);
  const requires = page.locator('.grid tbody tr').first().locator('td').nth(3);
  const before = await requires.boundingBox();
  await page.locator('.grid-frame').evaluate((frame) => frame.scrollTo(300, 0));
  await expect.poll(async () => (await requires.boundingBox())?.x).toBe(before?.x);

  await box.nth(0).click();
  await page.getByRole('button', { name: 'Take a snapshot or export…' }).click();
  await expect(page).toHaveURL(/#\/snapshots$/);
  await expect(page.getByRole('heading', { name: 'Export this snapshot' })).toBeVisible();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save file' }).click();
  const kept = JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
  expect(kept.policies).toHaveLength(1);
  expect(kept.complete).toBe(true);
  await page.goBack();
  await page.getByRole('button', { name: 'Copy settings to this one…' }).click();
  await expect(page).toHaveURL(/#\/rollout$/);
});

test('the table is copied for spreadsheets and printed whole', async ({ page, tenant, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(APP).origin });
  await open(page, tenant, '#/matrix?q=operators');
  const number = Number(/^\d+/.exec((await page.getByText(/of 280 policies/).textContent()) ?? '')?.[0]);
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(page.getByText('Table copied')).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\r\n');
  expect(lines.length).toBe(number + 9);
  expect(lines[0]).toContain('Compare with,The majority');
  expect(lines[1]).toMatch(/^Read at,\d{4}-\d\d-\d\dT/);
  expect(lines[2]).toMatch(/^Tenant,.*\(5a1e0000-/);
  expect(lines[3]).toMatch(/^Saved by,Ana/);
  expect(lines[4]).toMatch(/^Saved at,\d{4}-\d\d-\d\dT/);
  expect(lines[5]).toBe('Filtered,"“operators”; Members and Owners"');
  expect(lines[8]).toContain('Name,ID,Policy,Deviations,Activation maximum duration (hours)');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('.grid-paper tbody tr')).toHaveCount(number);
  await expect(page.locator('.grid-paper caption')).toHaveText(/Compare with: The majority\. Read at: .* Tenant: .* \(5a1e0000-.*\)\. Filtered: “operators”; Members and Owners\. Rows: /);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.grid-paper tbody tr')).toHaveCount(0);
});

test('no finding of axe in any look, wide and narrow', async ({ page, tenant }) => {
  test.slow(); // axe checks every cell, each time; twenty rows are enough
  await open(page, tenant, '#/matrix?mails=shown', {});
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 520 });
    await axeInEachLook(page);
    await page.getByRole('button', { name: 'Columns…' }).click();
    await axeInEachLook(page);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('checkbox', { name: 'Select', exact: true }).first().click();
  await axeInEachLook(page);
});

test('who may not read is told so', async ({ page }) => {
  await signIn(page, 'otto', '#/matrix');
  await expect(page.getByText(/You may not/).first()).toBeVisible({ timeout: 20_000 });
  await axe(page);
});
