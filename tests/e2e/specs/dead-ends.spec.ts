// What would not work, across all policies.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { axe, axeInAllLooks } from '../harness/axe';
import { APP } from '../harness/browser';
import { installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { goesOnPaper } from '../harness/paper';
import { showRoles, withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const ODD = 'Data Warehouse Readers – Personal Data';

const table = (page: Page) => page.getByRole('table', { name: 'Dead ends' });

/** Ends when everything is read and checked. */
async function done(page: Page) {
  await expect(table(page)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0, { timeout: 40_000 });
}

test('the worst stands first, with why and how to mend it, and leads to the setting', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/matrix');
  await page.getByRole('link', { name: 'Dead ends' }).click();
  await expect(page).toHaveURL(`${APP}#/dead-ends`);
  await done(page);
  await axe(page);
  await expect(page.getByText(/^\d+ dead ends in 24 policies$/)).toBeVisible();
  const odd = table(page).getByRole('row').filter({ hasText: ODD }).filter({ hasText: 'Approvers who cannot' });
  await expect(odd).toContainText('Weak');
  await expect(odd).toContainText('is not in the directory, or your account cannot see them.');
  await expect(odd).toContainText('The group Orphaned Project Aurora has no members.');
  await odd.getByRole('link', { name: 'Open Activation' }).click();
  const { id } = await tenant.group(ODD);
  await expect(page).toHaveURL(`${APP}#/groups/${id}/member/activation`);
  await page.goBack();
  await expect(odd).toBeVisible();
});

test('what is sought stands in the address, and a cold page shows the same', async ({ page }) => {
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  const all = await table(page).getByRole('row').count();
  await page.getByRole('combobox', { name: 'Severity' }).selectOption('Weak');
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Approvers who cannot or should not approve');
  await page.getByRole('searchbox').fill('warehouse');
  await expect(page).toHaveURL(/#\/dead-ends\?severity=weak&kind=approvers&q=warehouse$/);
  await expect(table(page).getByRole('row')).toHaveCount(2);
  await page.reload();
  await done(page);
  await expect(table(page).getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('combobox', { name: 'Severity' })).toHaveValue('weak');
  await page.getByRole('searchbox').fill('nothing of the kind');
  await expect(page.getByText('No dead end matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page).toHaveURL(`${APP}#/dead-ends`);
  await expect(table(page).getByRole('row')).toHaveCount(all);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('By name, Z to A');
  await expect(page).toHaveURL(/sort=-name$/);
  const names = await table(page).getByRole('rowheader').getByRole('link').allTextContents();
  expect(names.map((name) => name.toLowerCase())).toEqual(names.map((name) => name.toLowerCase()).sort().reverse());
});

test('where the installation wants roles, the choice of further checks is kept too', async ({ page }) => {
  await withRoles(page);
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  const notice = page.getByRole('status').filter({ hasText: 'Not checked' });
  await notice.getByRole('button', { name: 'Sign in to check these too' }).click();
  await expect(notice).not.toContainText('Policy.Read.All');
  expect(await page.evaluate(() => localStorage.getItem('pim-desk.wanted'))).toBe('checks');
  await page.reload();
  await done(page);
  await expect(notice).not.toContainText('Policy.Read.All');
  // The person's choice can be undone on the help page; the installation's cannot.
  await page.goto(`${APP}#/help`);
  await expect(page.getByRole('button', { name: /^Stop asking for/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop asking for extra checks' }).click();
  await expect(page.getByRole('button', { name: /^Stop asking for/ })).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('pim-desk.wanted'))).toBe('');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Policy.Read.All' })).toContainText('not granted yet');
});

test('a permission that is missing is named once and asked for; then more is found', async ({ page }) => {
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  const notice = page.getByRole('status').filter({ hasText: 'Not checked' });
  await expect(notice.getByRole('listitem').filter({ hasText: 'needs Policy.Read.All' })).toHaveCount(1);
  await expect(notice).toContainText('PrivilegedEligibilitySchedule.Read.AzureADGroup');
  await expect(notice).toContainText('Entra roles');
  await notice.getByRole('button', { name: 'Sign in to check these too' }).click();
  await expect(page).toHaveURL(`${APP}#/dead-ends`);
  await done(page);
  await expect(notice).not.toContainText('Policy.Read.All');
  await notice.getByRole('button', { name: 'Sign in to check these too' }).click();
  await done(page);
  // No permission that PIM Desk asks for reveals whether someone can sign in.
  await expect(notice.getByRole('listitem')).toHaveText([/^whether approvers can sign in and are not guests .*User\.Read\.All/]);
  await expect(notice.getByRole('button')).toHaveCount(0);
  const tier0 = table(page).getByRole('row').filter({ hasText: 'Two approvals in a row' }).filter({ hasText: 'Tier-0 Operators' });
  await expect(tier0).toContainText('Global Administrator');
  const dana = table(page).getByRole('row').filter({ hasText: 'Hybrid Identity Administrator' }).first();
  await expect(dana).toContainText('Blocking');
  await expect(dana).toContainText('Dana Ruiz');
});

test('policies with the same dead end are copied to; the files hold what is shown', async ({ page }) => {
  await showRoles(page);
  await page.goto(`${APP}#/dead-ends?kind=little-demanded`);
  await done(page);
  const copy = page.getByRole('button', { name: 'Copy settings to…' });
  await expect(copy).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('checkbox', { name: 'Select all that match' }).check();
  await expect(page.getByText(/^\d+ selected$/)).toBeVisible();
  const shown = await page.getByText(/of \d+ dead ends in/).textContent();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  const head = lines.findIndex((line) => line.startsWith('severity,'));
  expect(lines.slice(0, head).join('\n')).toMatch(/Tenant,[0-9a-f-]{36}\nSaved by,Ana Brandão\nSaved at,.*\nFiltered,Weak requirements/);
  expect(lines.slice(0, head).join('\n')).toMatch(/\nRead at,\d{4}-\d\d-\d\dT.*\n(.*\n)*Not checked,.*needs Policy\.Read\.All/);
  expect(lines.length - 1 - head).toBe(Number(shown?.split(' ')[0]));
  expect(lines[head + 1]).toContain('note,little-demanded,');
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/rollout/);
});

test('selecting what matches leaves alone what the filters hide, and says how much that is', async ({ page }) => {
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  const all = page.getByRole('checkbox', { name: 'Select all that match' });
  await table(page).getByRole('checkbox', { name: /^Select Global Infrastructure On-call.*Weak requirements/ }).check();
  await page.getByRole('searchbox').fill('warehouse');
  await expect(page.getByText('1 selected, 1 of them not shown', { exact: true })).toBeVisible();
  await all.check();
  await expect(page.getByText(/^\d+ selected, 1 of them not shown$/)).toBeVisible();
  await all.uncheck();
  await expect(page.getByText('1 selected, 1 of them not shown', { exact: true })).toBeVisible();
});

test('all dead ends go on paper, however the printing is asked for', async ({ page, tenant }) => {
  await tenant.reset({ groups: 228, groupsInPim: 200 });
  // No approver exists any more: more dead ends than are shown at once.
  const nobody = { kind: 'replace', status: 200, contentType: 'application/json', body: '{"value":[]}' } as const;
  await tenant.setFaults({ path: 'getByIds', effect: nobody });
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  const all = Number(/^\d+/.exec((await page.getByText(/^\d+ dead ends in 400 policies$/).textContent()) ?? '')?.[0]);
  expect(all).toBeGreaterThan(50);
  await goesOnPaper(page, table(page).getByRole('row').filter({ has: page.getByRole('rowheader') }), all);
});

test('what stands beside the policies says when it was read, and is read again once it is old', async ({ page, tenant }) => {
  await installClock(page);
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  await expect(page.getByText(/^Policies read at .*; approvers, owners, contexts and roles read at /)).toBeVisible();
  const ownersRead = async () => (await tenant.log()).filter(({ body }) => body.includes('/owners')).length;
  const before = await ownersRead();
  expect(before).toBeGreaterThan(0);
  const comeBack = async () => {
    await page.goto(`${APP}#/matrix`);
    await expect(page.getByText(/^Read at/)).toBeVisible();
    await page.goto(`${APP}#/dead-ends`);
    await done(page);
  };
  await comeBack();
  expect(await ownersRead()).toBe(before);
  await page.clock.fastForward(11 * 60_000);
  await comeBack();
  await expect.poll(ownersRead).toBeGreaterThan(before);
});

test('one press of Cancel ends the reading, and nothing begins by itself', async ({ page, tenant }) => {
  const held = await hold(page, 'POST', '/$batch', (call) => call.postData()?.includes('roleManagementPolicyAssignments') ?? false);
  await signIn(page, 'ana', '#/dead-ends');
  await held.reached();
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await cancel.click();
  held.letGo();
  await expect(page.getByRole('status').filter({ hasText: 'Not checked' })).toBeVisible();
  await expect(cancel).toHaveCount(0);
  const ownersRead = async () => (await tenant.log()).filter(({ body }) => body.includes('/owners')).length;
  expect(await ownersRead()).toBe(0);
  await page.getByRole('button', { name: 'Read again' }).click();
  await done(page);
  expect(await ownersRead()).toBeGreaterThan(0);
});

test('a refusal is no fault of a policy, and can be tried again', async ({ page, tenant, watch }) => {
  watch.allow(/403/);
  await signIn(page, 'ana', '#/help');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await tenant.setFaults({ path: 'getByIds', effect: { kind: 'refuse', status: 403 } });
  await page.goto(`${APP}#/dead-ends`);
  await expect(page.getByText(/whether approvers exist .*none of your roles allows you to read it/)).toBeVisible();
  await expect(page.getByText(/^Nothing found in 24 policies; not checked: whether approvers exist/)).toBeVisible();
  await tenant.setFaults();
  await page.getByRole('button', { name: 'Read again' }).click();
  await done(page);
  await expect(page.getByText('whether approvers exist')).toHaveCount(0);
});

test('nothing is out of reach in any look at any width', async ({ page }) => {
  await signIn(page, 'ana', '#/dead-ends');
  await done(page);
  await axeInAllLooks(page);
});

test('what is selected while more is read stays selected', async ({ page }) => {
  const facts = await hold(page, 'POST', '/$batch', (call) => call.postData()?.includes('/owners') ?? false);
  await signIn(page, 'ana', '#/dead-ends');
  await facts.reached();
  const one = table(page).getByRole('checkbox', { name: /^Select Global Infrastructure On-call.*Weak requirements/ });
  await one.check();
  await expect(page.getByText('1 selected', { exact: true })).toBeVisible();
  const late = table(page).getByRole('row').filter({ hasText: ODD });
  await expect(late).toHaveCount(0);
  facts.letGo();
  await expect(late).toHaveCount(1);
  await done(page);
  await expect(one).toBeChecked();
  await expect(page.getByText('1 selected', { exact: true })).toBeVisible();
});
