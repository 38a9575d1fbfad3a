import type { Locator, Page } from '@playwright/test';
import { axe, axeInAllLooks } from '../harness/axe';
import { APP } from '../harness/browser';
import { hurryTo, installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { enter, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';
const ACTIVATION = 'Expiration_EndUser_Assignment';
const READING = 'roleManagementPolicyAssignments';

const hours = (page: Page) => page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
const ticket = (page: Page) => page.getByRole('checkbox', { name: 'Require ticket information on activation' });
const dialog = (page: Page) => page.getByRole('dialog');
const ended = (page: Page, words: string | RegExp) => expect(dialog(page).getByText(words).first()).toBeVisible({ timeout: 30_000 });
const main = (page: Page) => page.getByRole('navigation', { name: 'Main' });

async function open(page: Page, tenant: Tenant) {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByRole('heading', { level: 1, name: GROUP })).toBeVisible();
  return id;
}

/** Two changes of activation, in review. */
async function review(page: Page, tenant: Tenant) {
  const id = await open(page, tenant);
  await hours(page).fill('2');
  await ticket(page).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('button', { name: 'Save 2 changes' })).toBeVisible();
  return id;
}

async function save(page: Page, tenant: Tenant) {
  const id = await review(page, tenant);
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await ended(page, '2 of 2 rules verified.');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  return id;
}

const duration = async (tenant: Tenant) =>
  ((await tenant.rule(GROUP, 'member', ACTIVATION)) as { maximumDuration: string }).maximumDuration;

test('a save leaves a receipt that is listed, found, saved as a file and forgotten', async ({ page, tenant }) => {
  test.slow(); // twelve checks of two pages
  await save(page, tenant);
  await main(page).getByRole('link', { name: 'Changes' }).click();
  const row = page.getByRole('row', { name: /Tier-0 Operators/ });
  await expect(row).toContainText('saved');
  await expect(row.locator('time')).toHaveAttribute('title', /Z\)$/);
  await axeInAllLooks(page);
  const search = page.getByRole('searchbox', { name: 'Search changes' });
  await search.fill('helpdesk');
  await expect(page.getByText('No change matches these filters.')).toBeVisible();
  await search.fill('tier');
  await expect(row).toBeVisible();
  await expect(page).toHaveURL(/#\/changes\?q=tier$/);
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await file).suggestedFilename()).toBe('pim-desk-changes.csv');
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: /Change to Tier-0 Operators/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Rules' }).getByRole('listitem').filter({ hasText: 'verified' })).toHaveCount(2);
  await expect(page.locator('dt:text-is("Started") + dd time')).toHaveAttribute('title', /Z\)$/);
  await axeInAllLooks(page);
  await page.reload();
  await expect(page.getByText('2 of 2 rules saved')).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/eyJ|Bearer/);
  await page.getByRole('button', { name: 'Forget this change' }).click();
  await dialog(page).getByRole('button', { name: 'Forget this change' }).click();
  await expect(page.getByText('Nothing was saved from this browser yet')).toBeVisible();
  await axeInAllLooks(page);
});

test('undo from the list leaves alone what someone changed since', async ({ page, tenant }) => {
  await save(page, tenant);
  await tenant.editRule({ group: GROUP, access: 'member', rule: ACTIVATION, patch: { maximumDuration: 'PT3H' }, by: 'olga' });
  await main(page).getByRole('link', { name: 'Changes' }).click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  await page.getByRole('button', { name: 'Undo…' }).click();
  await expect(page.getByText('Someone has changed these settings since')).toBeVisible();
  await expect(page.getByText('Activation maximum duration (hours): now 3 h')).toBeVisible();
  await axeInAllLooks(page);
  await page.getByRole('button', { name: 'Review undoing the others' }).click();
  await expect(dialog(page)).toContainText('Require ticket information on activation');
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await ended(page, '1 of 1 rule verified.');
  expect(await duration(tenant)).toBe('PT3H');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(ticket(page)).not.toBeChecked();
  await main(page).getByRole('link', { name: 'Changes' }).click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).first().getByRole('link').click();
  await expect(page.getByText('Undoes the change of')).toBeVisible();
});

/** How the policy was last read, as the answer of a replica that learns of nothing that follows. */
async function lagging(tenant: Tenant) {
  const readings = (await tenant.log()).filter(({ method, url }) => method === 'GET' && url.includes(READING));
  const body = readings.at(-1)?.answer ?? '';
  expect(body).toContain('PT2H');
  const effect = { kind: 'replace', status: 200, contentType: 'application/json', body };
  return (skip: number) => ({ method: 'GET', path: READING, skip, times: 1, effect });
}

/** Two saves, and the page of the second; returns the answer of a replica that knows only the first. */
async function saveTwice(page: Page, tenant: Tenant) {
  await save(page, tenant);
  const old = await lagging(tenant);
  await hours(page).fill('5');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change', disabled: false }).click();
  await ended(page, '1 of 1 rule verified.');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await main(page).getByRole('link', { name: 'Changes' }).click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).first().getByRole('link').click();
  return old;
}

for (const [when, skip] of [['planned', 0], ['reviewed', 1]] as const) {
  test(`an undo is not taken for done because an old answer says so as it is ${when}`, async ({ page, tenant }) => {
    const old = await saveTwice(page, tenant);
    await tenant.setFaults(old(skip));
    await page.getByRole('button', { name: 'Undo…' }).click();
    await expect(dialog(page)).toContainText('Activation maximum duration (hours)');
    await page.getByRole('button', { name: 'Save 1 change', disabled: false }).click();
    await ended(page, '1 of 1 rule verified.');
    expect(await duration(tenant)).toBe('PT2H');
  });
}

test('an undo that was left while it was planned neither leads away nor leaves anything behind', async ({ page, tenant }) => {
  const id = await save(page, tenant);
  await main(page).getByRole('link', { name: 'Changes' }).click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  const held = await hold(page, 'GET', READING);
  await page.getByRole('button', { name: 'Undo…' }).click();
  await held.reached();
  await main(page).getByRole('link', { name: /^Approvals/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
  const read = page.waitForResponse((response) => response.url().includes(READING));
  held.letGo();
  await (await read).finished();
  await expect(page).toHaveURL(/#\/approvals/);
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await expect(hours(page)).toHaveValue('2');
  await expect(page.getByText('Your unsaved changes are back')).toHaveCount(0);
});

test('an undo that would replace what was typed asks first', async ({ page, tenant }) => {
  const id = await save(page, tenant);
  await hours(page).fill('5');
  await main(page).getByRole('link', { name: 'Changes' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave 1 unsaved change?' }).getByRole('button', { name: 'Leave, keep changes' });
  await leave.click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  await page.getByRole('button', { name: 'Undo…' }).click();
  await expect(page.getByText('This would replace your unsaved changes to the same settings')).toBeVisible();
  await expect(page.getByText('Activation maximum duration (hours): your unsaved value is 5 h')).toBeVisible();
  await axeInAllLooks(page);
  // Without being asked: it is still there.
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await expect(hours(page)).toHaveValue('5');
  await page.goBack();
  await leave.click();
  await page.getByRole('button', { name: 'Undo…' }).click();
  await page.getByRole('button', { name: 'Replace my changes and review' }).click();
  await expect(dialog(page)).toContainText('Require ticket information on activation');
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await ended(page, '2 of 2 rules verified.');
});

test('what was not saved and is held by now is not reviewed once more', async ({ page, tenant, watch }) => {
  watch.allow(/403 .*\/rules\//);
  await open(page, tenant);
  await ticket(page).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await tenant.setFaults({ method: 'PATCH', path: '/rules/', effect: { kind: 'refuse', status: 403 } });
  await page.getByRole('button', { name: 'Save 1 change', disabled: false }).click();
  await ended(page, '0 of 1 rule verified, 1 failed.');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  const rule = 'Enablement_EndUser_Assignment';
  const { enabledRules } = (await tenant.rule(GROUP, 'member', rule)) as { enabledRules: string[] };
  await tenant.editRule({ group: GROUP, access: 'member', rule, patch: { enabledRules: [...enabledRules, 'Ticketing'] }, by: 'olga' });
  await main(page).getByRole('link', { name: 'Changes' }).click();
  await dialog(page).getByRole('button', { name: 'Leave, keep changes' }).click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  await page.getByRole('button', { name: 'Review what was not saved' }).click();
  await expect(page.getByText('Nothing is left to save')).toBeVisible();
  await expect(page).toHaveURL(/#\/changes\//);
  await axe(page);
});

test('where readings of the policy keep disagreeing nothing is sent, and it says so', async ({ page, tenant }) => {
  // With dates, the older answer would be left out.
  await tenant.reset({ keepsDates: true });
  await save(page, tenant);
  const old = await lagging(tenant);
  await tenant.editRule({ group: GROUP, access: 'member', rule: ACTIVATION, patch: { maximumDuration: 'PT7H' }, by: 'olga' });
  await hours(page).fill('5');
  await page.getByRole('button', { name: 'Review changes' }).click();
  const button = page.getByRole('button', { name: 'Save 1 change', disabled: false });
  await expect(button).toBeVisible();
  // Every second answer is from a replica that does not know Olga's change.
  await tenant.setFaults(old(0), old(2));
  await tenant.clearLog();
  await button.click();
  await ended(page, 'Microsoft gives different answers about this policy');
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toEqual([]);
  await axeInAllLooks(page);
  // A minute later all replicas know it.
  await dialog(page).getByRole('button', { name: 'Back to review' }).click();
  await page.getByRole('button', { name: 'Save 1 change', disabled: false }).click();
  await ended(page, 'The same settings were changed meanwhile');
});

test('another look at a save whose end is not known tells what it showed, also where it fails', async ({ page, tenant, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await installClock(page);
  await review(page, tenant);
  await tenant.setFaults({ method: 'PATCH', path: '/rules/', effect: { kind: 'dropBefore' } });
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await hurryTo(page, dialog(page).getByText(/1 with a lost answer/)); // it is looked for during 45 seconds
  const looks = async (place: Locator, failed: string) => {
    const button = place.getByRole('button', { name: 'Check again' });
    await tenant.setFaults({ path: READING, effect: { kind: 'dropBefore' } });
    await button.click();
    await hurryTo(page, place.getByText(failed));
    await tenant.setFaults();
    await button.click();
    await hurryTo(page, place.getByText('Checked again: the result is still not known.'));
    await expect(place.getByText(failed)).toHaveCount(0);
  };
  await looks(dialog(page), 'Microsoft Graph could not be reached');
  await axe(page);
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
  await main(page).getByRole('link', { name: 'Changes' }).click();
  const leave = page.getByRole('dialog').getByRole('button', { name: 'Leave, keep changes' });
  await leave.click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  await looks(page.getByRole('main'), 'The result could not be read');
  await axe(page);
});

test('a refused rule is named with its setting, and nothing else is marked failed', async ({ page, tenant, watch }) => {
  watch.allow(/400 .*\/rules\//);
  await review(page, tenant);
  const body = JSON.stringify({ error: { code: 'InvalidPolicy', message: 'The policy is invalid.' } });
  const effect = { kind: 'replace', status: 400, contentType: 'application/json', body };
  await tenant.setFaults({ method: 'PATCH', path: ACTIVATION, effect });
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await ended(page, '1 of 2 rules verified, 1 failed.');
  await ended(page, `Refused: Activation maximum duration (hours) (${ACTIVATION}).`);
  await axeInAllLooks(page);
});

/** Presses Save; ends while the first rule is being sent. */
async function send(page: Page, tenant: Tenant) {
  // The tenant stores the first rule; its answer, and with it the second rule, would come later.
  await tenant.setFaults({ method: 'PATCH', path: '/rules/', effect: { kind: 'latency', ms: 60_000 } });
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await expect(dialog(page).getByText('sending')).toBeVisible();
  await expect.poll(async () => (await tenant.log()).filter(({ method }) => method === 'PATCH').length).toBe(1);
}

/** A save whose tab is closed while the first rule is being sent. */
async function cutShort(page: Page, tenant: Tenant) {
  await review(page, tenant);
  await send(page, tenant);
  await page.close({ runBeforeUnload: false });
  await tenant.setFaults();
}

test('a save whose tab is gone is found in a tab that was open beside it, and is not read before', async ({ page, context, tenant }) => {
  test.slow(); // a tab that disappears without notice counts as gone after 90 seconds
  await review(page, tenant);
  const other = await context.newPage();
  await enter(other, '#/changes');
  await send(page, tenant);
  await other.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  await expect(other.getByRole('main').getByText(/^It is still running/)).toBeVisible();
  await other.getByRole('button', { name: 'Check again' }).click();
  await expect(other.locator('[aria-live=polite]').filter({ hasText: /^It is still running/ })).toHaveCount(1);
  await page.close({ runBeforeUnload: false });
  await tenant.setFaults();
  await expect(other.getByRole('main').getByText('1 of 2 rules saved')).toBeVisible({ timeout: 150_000 });
  await expect(other.getByText('interrupted').first()).toBeVisible();
  await expect(other.getByText('Reading the result…')).toHaveCount(0);
});

test('a save that the closing of the tab cut short is found again with its true outcome', async ({ page, context, tenant }) => {
  await cutShort(page, tenant);
  const again = await context.newPage();
  await enter(again, '');
  await expect(again.getByText('A save to Tier-0 Operators (members) was interrupted')).toBeVisible({ timeout: 20_000 });
  await expect(again.getByText('1 of 2 rules saved.')).toBeVisible({ timeout: 20_000 });
  await axeInAllLooks(again);
  await again.getByRole('link', { name: 'See what was saved' }).click();
  await expect(again.getByText('interrupted').first()).toBeVisible();
  await expect(again.getByRole('list', { name: 'Rules' }).getByRole('listitem').filter({ hasText: 'verified' }).first()).toBeVisible();
});

test('a save that was cut short is told even where what looks at it does not come', async ({ page, context, tenant, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await cutShort(page, tenant);
  const again = await context.newPage();
  const part = '**/pim-desk-others-*.wasm';
  await again.route(part, (route) => route.abort());
  await enter(again, '');
  const notice = again.getByRole('status').filter({ hasText: 'A save was interrupted' });
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await axe(again);
  await again.unroute(part);
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(again.getByText('A save to Tier-0 Operators (members) was interrupted')).toBeVisible({ timeout: 20_000 });
  await expect(again.getByText('1 of 2 rules saved.')).toBeVisible({ timeout: 20_000 });
});

test('a second tab is told, and cannot save at the same time', async ({ page, context, tenant }) => {
  const id = await review(page, tenant);
  const other = await context.newPage();
  await enter(other, `#/groups/${id}/member/activation`);
  await expect(other.getByText('Another tab of this browser has unsaved changes to this policy')).toBeVisible();
  await axeInAllLooks(other);
  await ticket(other).check();
  await other.getByRole('button', { name: 'Review changes' }).click();
  const held = await hold(page, 'PATCH', '/rules/');
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await held.reached();
  await other.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(dialog(other).getByText('Another tab of this browser is saving to the same group or role')).toBeVisible();
  held.letGo();
  await ended(page, '2 of 2 rules verified.');
  // Checked once nothing changes any more: axe takes seconds.
  await axeInAllLooks(other);
  await other.getByRole('button', { name: 'Back to review' }).click();
  await other.getByRole('button', { name: 'Save 1 change' }).click();
  await ended(other, 'Nothing had to be written');
});

test('an open review is read anew when a save of another tab is over', async ({ page, context, tenant }) => {
  const id = await review(page, tenant);
  const other = await context.newPage();
  await enter(other, `#/groups/${id}/member/activation`);
  await ticket(other).check();
  await other.getByRole('button', { name: 'Review changes' }).click();
  await expect(other.getByRole('button', { name: 'Save 1 change', disabled: false })).toBeVisible();
  await expect(dialog(other)).not.toContainText('Kept as it is now');
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await ended(page, '2 of 2 rules verified.');
  const others = dialog(other).getByRole('status').filter({ hasText: 'Kept as it is now:' });
  await expect(others.locator('.change-name')).toHaveText('Activation maximum duration (hours)');
  await axe(other);
  await expect(other.getByRole('button', { name: 'Save 1 change', disabled: false })).toBeVisible();
});

test('a save that waits can be sent at once, and stopped between two rules', async ({ page, tenant, watch }) => {
  watch.allow(/429 .*\/rules\//);
  await review(page, tenant);
  await tenant.setFaults({ method: 'PATCH', path: '/rules/', times: 1, effect: { kind: 'refuse', status: 429, retryAfter: '3000' } });
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  await expect(dialog(page).getByText('Microsoft is limiting requests')).toBeVisible();
  await axeInAllLooks(page);
  await tenant.setFaults();
  const held = await hold(page, 'PATCH', '/rules/');
  await dialog(page).getByRole('button', { name: 'Try now' }).click();
  await held.reached();
  await dialog(page).getByRole('button', { name: 'Stop after this rule' }).click();
  held.letGo();
  await ended(page, '1 of 2 rules verified, 1 not attempted.');
  expect(await duration(tenant)).not.toBe('PT2H');
  await expect(page).toHaveURL(new RegExp(`^${APP}`));
});

test('the review names approvers who cannot approve, blocks when nobody is left, and says what it could not check', async ({ page, tenant }) => {
  test.slow();
  const { id } = await tenant.group('Data Warehouse Readers – Personal Data');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: /^Remove/ }).first().click();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(dialog(page).getByText(/is not in the directory/)).toBeVisible();
  await expect(dialog(page).getByText(/has no members, so nobody in it can approve/)).toBeVisible();
  await expect(dialog(page).getByText(/Not checked, because it needs a permission that was not granted: .*User\.Read\.All/)).toBeVisible();
  await axeInAllLooks(page);
  await dialog(page).getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('link', { name: 'Notification' }).click();
  await expect(page.getByText(/^Goes to the person who activates/)).toBeVisible();
});
