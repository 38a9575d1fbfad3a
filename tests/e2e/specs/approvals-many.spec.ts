// Many requests: keys, filters, new ones, deciding together, the history.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { hold } from '../harness/hold';
import { withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const decisions = async (tenant: Tenant) =>
  (await tenant.log()).filter(({ method, url }) => method === 'PATCH' && /\/(stages|steps)\//.test(url));

const open = async (page: Page, route = '#/approvals') => {
  await withRoles(page);
  await signIn(page, 'dana', route);
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
};

const antons = (page: Page) => page.locator('tr', { hasText: 'Tier-0 Operators' }).filter({ hasText: 'Anton Sato' });

const names = (page: Page) => page.locator('.inbox-list .requests').first().locator('tbody th a').allTextContents();

test('three keys open and approve, and leave text boxes alone', async ({ page, tenant }) => {
  await open(page);
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Zoë Haddad' })).toBeFocused();
  await tenant.clearLog();
  await page.keyboard.press('a');
  const words = page.getByRole('textbox', { name: 'Justification' });
  await expect(words).toBeFocused();
  expect(await decisions(tenant)).toEqual([]);
  await page.keyboard.type('jaxdr ok /?');
  await expect(words).toHaveValue('jaxdr ok /?');
  await expect(page.getByRole('button', { name: /^Approve –/ })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Approved at/).first()).toBeVisible({ timeout: 15_000 });
  expect((await decisions(tenant)).length).toBe(1);
});

test('what is typed before the request is read goes into its form, and nothing else is done by it', async ({ page, tenant }) => {
  await open(page);
  const row = antons(page);
  const address = await row.locator('th a').getAttribute('href');
  const reading = await hold(page, 'POST', '/$batch', (call) => /assignmentApprovals/.test(call.postData() ?? ''));
  const words = page.getByRole('textbox', { name: 'Justification' });
  await tenant.clearLog();
  for (const typed of ['a not valid ticket', 'jjra/?gg x']) {
    await row.locator('th a').focus();
    await page.keyboard.press('d');
    await page.keyboard.type(typed);
    await expect(words).toBeFocused();
    await expect(page).toHaveURL(`${APP}${address}`);
    await expect(page.getByText('Required. Ctrl+Enter denies.')).toBeVisible();
    await words.fill('');
    await page.keyboard.type(typed);
    await expect(words).toHaveValue(typed);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('The request is still loading. Nothing can be sent yet.').first()).toBeVisible();
    await axe(page);
    await reading.reached();
    reading.letGo();
    await expect(page.getByRole('button', { name: /^Deny Anton Sato/ })).toBeEnabled();
    await expect(words).toBeFocused();
    await expect(words).toHaveValue(typed);
    await expect(page.getByText('Required. Ctrl+Enter denies.')).toBeVisible();
    reading.again();
    await page.locator('.inbox-open').getByRole('link', { name: 'Close', exact: true }).click();
    await expect(page).toHaveURL(`${APP}#/approvals`);
  }
  expect(await decisions(tenant)).toEqual([]);
  reading.letGo();
});

test('words that are being typed stay where the request turns out to be decided, and no key leads elsewhere', async ({ page, tenant }) => {
  await open(page);
  const link = antons(page).locator('th a');
  const address = await link.getAttribute('href');
  const reading = await hold(page, 'POST', '/$batch', (call) => /assignmentApprovals/.test(call.postData() ?? ''));
  const words = page.getByRole('textbox', { name: 'Justification' });
  await link.focus();
  await page.keyboard.press('a');
  await expect(words).toBeFocused();
  await page.keyboard.type('ok, ');
  await reading.reached();
  await tenant.decide({ request: address?.split('/').pop() ?? '', by: 'olga', approve: false, justification: 'no' });
  await tenant.clearLog();
  reading.letGo();
  await expect(page.getByText(/Already denied by Olga Petrenko/).first()).toBeVisible();
  await page.keyboard.type('agreed');
  await expect(words).toHaveValue('ok, agreed');
  await expect(page).toHaveURL(`${APP}${address}`);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('This request cannot be decided now, so nothing is sent.').first()).toBeVisible();
  expect(await decisions(tenant)).toEqual([]);
  await axe(page);
});

test('keys serve the page again where no form comes', async ({ page, tenant, watch }) => {
  await open(page);
  const row = antons(page);
  const request = (await row.locator('th a').getAttribute('href'))?.split('/').pop() ?? '';
  await tenant.decide({ request, by: 'olga', approve: false, justification: 'no' });
  await row.locator('th a').focus();
  await page.keyboard.press('d');
  await expect(page.getByText(/Already denied by Olga Petrenko/).first()).toBeVisible();
  await page.keyboard.press('d');
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(new RegExp(request));
  // Nor does the choice to deny carry over to the next visit.
  watch.allow(/404/);
  await page.goto(`${APP}#/approvals/00000000-0000-4000-8000-00000000dead`);
  await page.keyboard.press('d');
  await expect(page.getByText('This request was not found').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('keys move, select, list themselves and can be switched off', async ({ page }) => {
  await open(page);
  const before = await names(page);
  for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key);
  await expect(page.locator('.inbox-list tbody th a').nth(1)).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  const bar = page.getByRole('region', { name: 'Selected requests' });
  await expect(bar.getByText('3 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await page.keyboard.press('o');
  await expect(page.locator('#page-title')).toContainText(before[3]);
  await page.keyboard.press('j');
  await expect(page.locator('#page-title')).toContainText(before[4]);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(`${APP}#/approvals`);
  await expect(page.locator('.inbox-list tbody th a').nth(4)).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.locator('.inbox-list tbody th a').first().focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  await axe(page);
  await dialog.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(`${APP}#/approvals`);
});

test('a request opened from far down begins at its head, with its row in sight; the way back leads to the row', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page);
  await expect(page.getByText('denied before').first()).toBeVisible(); // rows grow when their marks appear
  const link = page.getByRole('link', { name: 'Priya Schäfer' });
  await link.click();
  await expect(page.locator('#page-title')).toContainText('Priya Schäfer');
  await expect(page.locator('#page-title')).toBeInViewport({ ratio: 1 });
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await expect(link).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
});

test('filters are in the address and come back with it', async ({ page }) => {
  await open(page);
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('role');
  await expect(page).toHaveURL(/kind=role/);
  await expect(page.locator('.inbox-list .requests').first().getByText('Member of')).toHaveCount(0);
  await page.getByRole('searchbox').fill('mailboxes');
  await expect(page).toHaveURL(/q=mailboxes/);
  await expect(page.getByText('1 of 18 requests')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('mailboxes');
  await expect(page.getByText('1 of 18 requests')).toBeVisible();
  await page.getByRole('searchbox').fill('no such thing');
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await expect(page).toHaveURL(`${APP}#/approvals`);
});

test('a new request is told and moves no row', async ({ page, tenant }) => {
  await open(page);
  const before = await names(page);
  await tenant.addRequest({ principal: 'rhea', role: 'Reports Reader', justification: 'Brand new', minutesAgo: 600 });
  // A read by itself, as after a while in the background.
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60_000;
    globalThis.dispatchEvent(new Event('focus'));
  });
  await expect(page.getByText('1 new request', { exact: true }).first()).toBeVisible();
  expect(await names(page)).toEqual(before);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.getByText('Brand new')).toBeVisible();
  expect((await names(page)).length).toBe(before.length + 1);
});

test('coming to the list, or opening a request, moves no row when the reading answers', async ({ page, tenant }) => {
  await open(page);
  const before = await names(page);
  const readings = await hold(page, 'GET', '/assignmentScheduleRequests', (call) => call.url().includes('PendingApproval'));
  const aMinutePasses = () =>
    page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 60_000;
    });
  const toldOf = (number: RegExp) => expect(page.getByText(number).filter({ visible: true }).first()).toBeVisible();
  const places = page.getByRole('navigation', { name: 'Main' });
  await places.getByRole('link', { name: 'Help' }).click();
  await expect(page.locator('.inbox-list')).toHaveCount(0);
  await tenant.addRequest({ principal: 'rhea', role: 'Reports Reader', justification: 'Brand new', minutesAgo: 600 });
  await aMinutePasses();
  await places.getByRole('link', { name: /^Approvals/ }).click();
  await readings.reached();
  await expect.poll(() => names(page)).toEqual(before);
  readings.letGo();
  await toldOf(/^1 new request$/);
  expect(await names(page)).toEqual(before);
  // The person asks for a new list, and then opens a request before it arrives.
  readings.again();
  await page.getByRole('button', { name: 'Check now' }).first().click();
  await readings.reached();
  await antons(page).locator('th a').click();
  await tenant.addRequest({ principal: 'rhea', group: 'Tier-0 Operators', access: 'member', justification: 'Newer', minutesAgo: 700 });
  readings.letGo();
  await toldOf(/^2 new requests$/);
  expect(await names(page)).toEqual(before);
});

test('many are decided one by one; a colleague was first on one, Microsoft slows down on another', async ({
  page,
  tenant,
  watch,
}) => {
  watch.allow(/409|429/);
  await open(page);
  for (const name of ['Zoë Haddad', 'Søren Quispe', 'Chidi Tanaka', 'Anton Sato']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Select ${name}`) }).check();
  }
  await page.getByRole('button', { name: 'Approve 4 requests' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Justification' })).toBeFocused();
  await expect(dialog.getByText('Zoë Haddad becomes a member of Network Operators for 8 h')).toBeVisible();
  await axe(page);
  await dialog.getByRole('textbox', { name: 'Justification' }).fill('Change window tonight');
  await tenant.clearLog();
  await dialog.getByRole('button', { name: 'Approve 4 requests' }).click({ force: true });
  expect(await decisions(tenant), 'different accesses take a second word').toEqual([]);
  await dialog.getByRole('checkbox', { name: /4 different groups or roles/ }).check();
  const ids = await tenant.requests();
  const soren = await page.locator('tr', { hasText: 'Søren Quispe' }).locator('th a').getAttribute('href');
  const request = soren?.split('/').pop() ?? '';
  expect(ids.some(({ id }) => id === request)).toBe(true);
  await tenant.setFaults(
    {
      method: 'PATCH',
      path: `/${request}/stages/`,
      times: 1,
      effect: { kind: 'decideBefore', request, by: 'olga', approve: false, justification: 'no' },
    },
    { method: 'PATCH', path: '/stages/', skip: 2, times: 1, effect: { kind: 'refuse', status: 429, retryAfter: '1' } },
  );
  await dialog.getByRole('button', { name: 'Approve 4 requests' }).click();
  await expect(dialog.getByText('3 approved, 1 no longer open')).toBeVisible({ timeout: 25_000 });
  await expect(dialog.getByText(/Already denied by Olga Petrenko at \S/)).toBeVisible();
  await axe(page);
  const sent = await decisions(tenant);
  expect(sent.map(({ status }) => status).sort()).toEqual([204, 204, 204, 409, 429]);
  expect(sent.every(({ body }) => JSON.parse(body).justification === 'Change window tonight')).toBe(true);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByRole('heading', { name: 'Decided in this session' })).toBeVisible();
});

test('the review of many stays in sight when going back opens a request beneath it', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 800 });
  await open(page);
  await antons(page).locator('th a').click();
  await expect(page.getByRole('heading', { name: 'Your decision' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: /^Select Zoë Haddad/ }).check();
  await page.getByRole('button', { name: 'Deny 1 request' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(page.locator('.inbox-open')).toBeAttached();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Back to the list' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Your decision' })).toBeVisible();
});

test('words that a policy asks approvers for are asked for before many are approved', async ({ page, tenant }) => {
  await open(page);
  await expect(page.getByText('denied before').first()).toBeVisible(); // what the policies require arrived with it
  await page.getByRole('checkbox', { name: /^Select Anton Sato → Member of Tier-0 Operators/ }).check();
  await page.getByRole('button', { name: 'Approve 1 request' }).click();
  const dialog = page.getByRole('dialog');
  await tenant.clearLog();
  await dialog.getByRole('button', { name: 'Approve 1 request' }).click();
  await expect(dialog.getByText('The policy requires a justification.')).toBeVisible();
  expect(await decisions(tenant)).toEqual([]);
});

test('what was typed for many survives leaving the review; nothing is sent by it', async ({ page, tenant }) => {
  await open(page);
  await page.getByRole('checkbox', { name: /^Select Zoë Haddad/ }).check();
  await tenant.clearLog();
  await page.getByRole('button', { name: 'Deny 1 request' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Zoë Haddad does not become a member of Network Operators for 8 h')).toBeVisible();
  await dialog.getByRole('button', { name: 'Deny 1 request' }).click();
  await expect(dialog.getByText('Enter a justification to deny.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Justification' }).fill('Freeze until Monday');
  await dialog.getByRole('button', { name: 'Back to the list' }).click();
  await page.reload();
  await page.getByRole('checkbox', { name: /^Select Zoë Haddad/ }).check();
  await page.getByRole('button', { name: 'Deny 1 request' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Justification' })).toHaveValue('Freeze until Monday');
  expect(await decisions(tenant)).toEqual([]);
});

test('the history finds, orders and goes into a file that no spreadsheet calculates', async ({ page }) => {
  await open(page, '#/approvals');
  await page.getByRole('link', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'Requests that ended' })).toBeVisible({ timeout: 15_000 });
  await axe(page);
  await page.getByText('By group and role', { exact: true }).first().click();
  await expect(page.getByRole('columnheader', { name: 'Median time to a decision' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('denied');
  await expect(page).toHaveURL(/ended=denied/);
  await expect(page.getByRole('table', { name: 'Requests that ended' }).getByText('approved')).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^pim-desk-history-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n');
  const head = lines.findIndex((line) => line.startsWith('Request ID,'));
  const rows = await page.getByRole('table', { name: 'Requests that ended' }).locator('tbody tr').count();
  expect(lines.length).toBe(head + 1 + rows);
  expect(lines[0]).toMatch(/^\uFEFFTenant,[0-9a-f-]{36}$/);
  expect(lines.slice(0, head)).toContain('Filtered,denied');
  expect(lines.join('\n')).not.toMatch(/(^|,)"?[=+@-]/m);
  // On paper it says whose it is, and that it is not complete.
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.getByText(/^Tenant [0-9a-f-]{36}\. Printed by Dana/)).toBeVisible();
  await expect(page.getByText('Filtered: denied.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Outcome' })).toBeHidden();
});

test('without the permission for roles the groups work and the way to roles is offered', async ({ page }) => {
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByRole('link', { name: 'Zoë Haddad' })).toBeVisible();
  await expect(page.getByText('Role Exchange Administrator')).toHaveCount(0);
  await page.getByRole('button', { name: 'Also show requests for Entra roles' }).click();
  await expect(page.getByText('Role Exchange Administrator').or(page.getByRole('button', { name: 'Accept', exact: true })).first()).toBeVisible({ timeout: 15_000 });
});

for (const width of [320, 1280]) {
  test(`axe finds nothing on inbox, request, review and history in each look, ${width} px`, async ({ page }) => {
    test.slow(); // four views, each checked completely
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    await page.getByText('Inbox settings').click();
    await page.getByRole('checkbox', { name: /^Select Zoë Haddad/ }).check();
    await axeInEachLook(page);
    await page.getByRole('button', { name: 'Deny 1 request' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await axeInEachLook(page);
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.getByRole('link', { name: 'Anton Sato' }).first().click();
    await expect(page.getByRole('heading', { name: 'Your decision' })).toBeVisible();
    await expect(page.getByText('Policy requires', { exact: true })).toBeVisible();
    await axeInEachLook(page);
    await page.goto(`${APP}#/approvals/history`);
    await expect(page.getByRole('table', { name: 'Requests that ended' })).toBeVisible({ timeout: 15_000 });
    await axeInEachLook(page);
  });
}
