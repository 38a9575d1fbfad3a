import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { APP } from '../harness/browser';
import { hold } from '../harness/hold';
import { choose, plan, send, show, SOURCE } from '../harness/plan';
import { expect, test } from '../harness/test';

const TARGETS = ['Network Operators', 'Incident Responders', 'Payment Platform Deployers', 'Production Database Administrators'];

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('source, settings, targets, plan, one failing and one conflict, retry, undo', async ({ page, tenant, watch }) => {
  test.setTimeout(120_000);
  watch.allow(/status of 403/);
  const before = await Promise.all(TARGETS.map((name) => tenant.rule(name, 'member', 'Expiration_EndUser_Assignment')));
  await choose(page, tenant, TARGETS);
  await axe(page);
  await show(page);
  await plan(page).locator('summary').first().click();
  await expect(plan(page).getByText('becomes').first()).toBeAttached();
  await axe(page);

  // Someone else changes one of them after the plan was made; another one is refused.
  await tenant.editRule({ group: TARGETS[1], access: 'member', rule: 'Expiration_EndUser_Assignment', patch: { maximumDuration: 'PT7H' }, by: 'olga' });
  const refused = await tenant.group(TARGETS[2]);
  await tenant.setFaults({ method: 'PATCH', path: refused.id, times: 1, effect: { kind: 'refuse', status: 403 } });
  await send(page, /^Change 4 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  const address = page.url();
  await expect(row(page, TARGETS[0])).toContainText('saved');
  await expect(row(page, TARGETS[1])).toContainText('someone changed it since the plan');
  await expect(row(page, TARGETS[2])).toContainText('not saved');
  await expect(row(page, TARGETS[3])).toContainText('saved');
  await axe(page);

  // The failed ones are planned again; the same receipt shows all of them.
  await page.getByRole('button', { name: 'Retry 2 policies' }).click();
  await expect(plan(page).getByText(/2 policies would be changed/)).toBeVisible();
  await send(page, /^Change 2 policies/);
  await expect(page).toHaveURL(address, { timeout: 60_000 });
  for (const name of TARGETS) await expect(row(page, name).getByText('saved', { exact: true })).toBeVisible();
  const source = (await tenant.rule(SOURCE, 'member', 'Expiration_EndUser_Assignment')) as { maximumDuration: string };
  for (const name of TARGETS) {
    expect(await tenant.rule(name, 'member', 'Expiration_EndUser_Assignment')).toMatchObject({ maximumDuration: source.maximumDuration });
  }

  // One is undone, then, after someone has changed another, all of them.
  await row(page, TARGETS[0]).getByRole('button', { name: /^Undo/ }).click();
  await expect(plan(page).getByText(/1 policy would be changed/)).toBeVisible();
  await expect(page.getByText('You see what changes in each policy before anything is sent.')).toBeVisible();
  await expect(page.getByText('Copies settings from one policy to others.')).toHaveCount(0);
  await send(page, /^Undo in 1 policy/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  expect(page.url()).not.toBe(address);
  await expect(page.getByText('Undoes')).toBeVisible();
  expect(await tenant.rule(TARGETS[0], 'member', 'Expiration_EndUser_Assignment')).toMatchObject(before[0] as Record<string, unknown>);
  await tenant.editRule({ group: TARGETS[3], access: 'member', rule: 'Expiration_EndUser_Assignment', patch: { maximumDuration: 'PT30M' }, by: 'olga' });
  await page.goto(address);
  await page.getByRole('button', { name: 'Undo all' }).click();
  const changed = plan(page).getByRole('listitem').filter({ hasText: TARGETS[3] }).first();
  await changed.locator('summary').click();
  await expect(changed.getByText('Someone has changed it since; left as it is.')).toBeVisible();
  await send(page, /^Undo in 3 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  expect(await tenant.rule(TARGETS[3], 'member', 'Expiration_EndUser_Assignment')).toMatchObject({ maximumDuration: 'PT30M' });
  expect(await tenant.rule(TARGETS[2], 'member', 'Expiration_EndUser_Assignment')).toMatchObject(before[2] as Record<string, unknown>);

  // The receipt is found again after a reload, and in the list of changes.
  await page.goto(`${APP}#/changes`);
  await expect(page.getByRole('link', { name: /Copy \d+ settings from Tier-0/ }).first()).toBeVisible();
});

test('what is chosen survives a reload; single policies and settings are taken out of the plan', async ({ page, tenant }) => {
  await choose(page, tenant, [...TARGETS, 'Break-glass custodians (members)']);
  await page.reload();
  await expect(page.getByText('5 policies are chosen.')).toBeVisible();
  await expect(page.getByText('Break-glass custodians (members)')).toBeVisible();
  await show(page);
  const custodians = plan(page).getByRole('listitem').filter({ hasText: 'Break-glass custodians' }).first();
  await custodians.locator('summary').click();
  await expect(custodians.getByText('Saving brings this group into PIM for good.')).toBeVisible();
  await custodians.getByRole('checkbox', { name: 'Change this policy' }).uncheck();
  await expect(plan(page).getByText(/1 taken out by you/)).toBeVisible();
  const first = plan(page).getByRole('listitem').filter({ hasText: TARGETS[0] }).first();
  await first.locator('summary').click();
  await first.getByRole('button', { name: /^Leave out/ }).first().click();
  await expect(first.getByText('You left it out.')).toBeVisible();
  await page.reload();
  await expect(plan(page).getByText(/1 taken out by you/)).toBeVisible();
  const only = plan(page).getByRole('combobox', { name: 'Show' });
  await only.selectOption((await only.locator('option', { hasText: 'With findings' }).getAttribute('value')) ?? '');
  await axe(page);
});

test('a policy of the plan that is open stays so under another filter, and opens no other', async ({ page, tenant }) => {
  await choose(page, tenant, TARGETS.slice(0, 3));
  await show(page);
  const rows = plan(page).locator('.rollout-row');
  const open = plan(page).locator('details[open]');
  await rows.nth(0).locator('summary').click();
  await rows.nth(2).locator('summary').click();
  await rows.nth(2).getByRole('checkbox', { name: 'Change this policy' }).uncheck();
  const name = await rows.nth(2).locator('.rollout-name').innerText();
  const only = plan(page).getByRole('combobox', { name: 'Show' });
  await only.selectOption({ label: 'Taken out (1)' });
  await expect(rows).toHaveCount(1);
  await expect(open).toHaveCount(1);
  await expect(open).toContainText(name);
  await expect(open.getByRole('checkbox', { name: 'Change this policy' })).toBeVisible();
  await only.selectOption({ label: 'All (3)' });
  await expect(rows).toHaveCount(3);
  await expect(open).toHaveCount(1);
  await expect(open).toContainText(name);
});

test('pause, continue and cancel take effect between writes; leaving is guarded while it runs', async ({ page, tenant }) => {
  test.setTimeout(90_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  // Three policies at once: the first rule of each is being sent.
  const held = await hold(page, 'PATCH', '/rules/');
  await send(page, /^Change 4 policies/);
  await held.reached(3);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  const written = async () => (await tenant.log()).filter(({ method }) => method === 'PATCH').length;
  held.letGo();
  await expect.poll(written).toBe(3);
  held.again();
  const here = page.url();
  await page.getByRole('link', { name: 'Groups' }).click();
  await expect(page).toHaveURL(here);
  const course = page.getByRole('region', { name: 'Changing the policies' });
  await expect(course.getByText('This page stays open until the change has ended. To leave sooner, cancel the rest.')).toBeVisible();
  await axe(page);
  expect(held.count(), 'sent while paused').toBe(0);
  expect(await written()).toBe(3);
  await page.getByRole('button', { name: 'Continue' }).click();
  await held.reached(3);
  await page.getByRole('button', { name: 'Cancel the rest' }).click();
  held.letGo();
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await expect(page.getByText('not started').first()).toBeVisible();
});

test('another try survives a reload, and what was left out of it stays out', async ({ page, tenant, watch }) => {
  test.setTimeout(90_000);
  watch.allow(/status of 403/);
  await choose(page, tenant, TARGETS.slice(0, 2));
  await show(page);
  const victim = plan(page).getByRole('listitem').filter({ hasText: TARGETS[1] }).first();
  await victim.locator('summary').click();
  await victim.getByRole('button', { name: /^Leave out/ }).first().click();
  await expect(victim.getByText('You left it out.')).toBeVisible();
  const refused = await tenant.group(TARGETS[1]);
  await tenant.setFaults({ method: 'PATCH', path: refused.id, times: 1, effect: { kind: 'refuse', status: 403 } });
  await send(page, /^Change 2 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  const address = page.url();
  // Why, rule by rule, for those that were not saved only.
  await expect(row(page, TARGETS[1])).toContainText('refused (403');
  await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'All except saved (1)' });
  await expect(row(page, TARGETS[0])).toHaveCount(0);
  await expect(page).toHaveURL(`${address}?show=others`);
  await page.reload();
  await expect(row(page, TARGETS[1])).toBeVisible({ timeout: 20_000 });
  await expect(row(page, TARGETS[0])).toHaveCount(0);
  await page.getByRole('button', { name: 'Retry 1 policy' }).click();
  await expect(plan(page).getByText(/1 policy would be changed/)).toBeVisible();
  const again = plan(page).getByRole('listitem').filter({ hasText: TARGETS[1] }).first();
  await again.locator('summary').click();
  await expect(again.getByText('You left it out.')).toBeVisible();
  await send(page, /^Change 1 policy/);
  await expect(page).toHaveURL(address, { timeout: 60_000 });
  await expect(row(page, TARGETS[1]).getByText('saved', { exact: true })).toBeVisible();
});

test('the matrix adds to the copy under way, and its reference is offered as the source', async ({ page, tenant }) => {
  await choose(page, tenant, TARGETS.slice(0, 2));
  const ticked = await page.getByText(/settings? selected/).first().textContent();
  await page.getByRole('link', { name: 'Select in the matrix' }).click();
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
  const box = page.getByRole('checkbox', { name: 'Select', exact: true });
  await box.nth(1).click();
  await box.nth(2).click();
  await page.getByRole('button', { name: 'Add these 2 to the copy' }).click();
  await expect(page.getByRole('region', { name: '1. From' })).toContainText(`${SOURCE} (members)`);
  await expect(page.getByText(/^[34] policies are chosen\.$/)).toBeVisible();
  expect(await page.getByText(/settings? selected/).first().textContent()).toBe(ticked);
  // The pasted text stays in its field.
  await page.getByText('Paste IDs or names').first().click();
  await expect(page.getByRole('textbox', { name: 'Paste IDs or names' })).toHaveValue(/Nobody by that name/);

  // Owners were compared with the owners' policy of the reference.
  const { id } = await tenant.group(SOURCE);
  for (const access of ['owners', 'members']) {
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.goto(`${APP}#/matrix?q=network%20operators&ref=groups/${id}/member`);
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.getByRole('row').filter({ has: page.getByText(access, { exact: true }) }).getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Copy settings to this one…' }).click();
    await expect(page.getByRole('region', { name: '1. From' })).toContainText(`${SOURCE} (${access})`);
  }
});

test('a copy that is begun elsewhere puts this one aside, and it comes back whole, also after a reload', async ({ page, tenant }) => {
  await choose(page, tenant, TARGETS.slice(0, 2));
  const ticked = await page.getByText(/settings? selected/).first().textContent();
  const other = await tenant.group(TARGETS[3]);
  await page.goto(`${APP}#/groups/${other.id}/owner/activation`);
  await page.getByRole('button', { name: 'Copy settings to…' }).click();
  await expect(page.getByRole('region', { name: '1. From' })).toContainText(`${TARGETS[3]} (owners)`);
  await expect(page.getByText(/^It has 2 policies/)).toBeVisible();
  await expect(page.getByText('No policy is chosen yet.')).toBeVisible();
  await axe(page);
  await page.reload();
  await page.getByRole('button', { name: 'Resume it' }).click();
  await expect(page.getByRole('region', { name: '1. From' })).toContainText(`${SOURCE} (members)`);
  await expect(page.getByText('2 policies are chosen.')).toBeVisible();
  await expect(page.getByText(/settings? selected/).first()).toHaveText(ticked ?? '');
  await expect(page.getByRole('button', { name: 'Resume it' })).toBeHidden();
});

test('signing out while it runs asks first, and finishes what is on its way', async ({ page, tenant }) => {
  test.setTimeout(90_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  const held = await hold(page, 'PATCH', '/rules/');
  await send(page, /^Change 4 policies/);
  await held.reached(3);
  const first = page.getByRole('listitem').filter({ hasText: TARGETS[0] }).first();
  await first.getByText(/verified$|^Settings$/).first().click();
  await expect(first.getByText('Activation: duration')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'A change is being saved' });
  await axe(page);
  await dialog.getByRole('button', { name: 'Finish and leave' }).click();
  held.letGo();
  await expect(page.getByRole('button', { name: /^sign in/i })).toBeVisible({ timeout: 60_000 });
  // Each policy that was begun is reported, and nothing stays open. The sign-in service still knows the person, so it
  // does not ask for an account.
  await page.goto(`${APP}#/changes`);
  await page.getByRole('button', { name: /^sign in/i }).click();
  await page.getByRole('link', { name: 'Changes' }).click();
  await page.getByRole('link', { name: /Copy \d+ settings from Tier-0/ }).first().click();
  await expect(page.getByText('not started').first()).toBeVisible();
  await expect(page.getByText('interrupted')).toHaveCount(0);
  await expect(page.getByText('not known yet')).toHaveCount(0);
});

test('full storage pauses the change before anything is sent that could not be found again', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  // From now on the browser stores nothing more; other data fills the origin's storage.
  await page.evaluate(() => {
    localStorage.setItem('other', 'x'.repeat(5_000_000));
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await send(page, /^Change 4 policies/);
  await expect(page.getByText('Paused').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/^This browser could not keep \d+ receipts?$/)).toBeVisible();
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toEqual([]);
  await axe(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  for (const name of TARGETS) await expect(row(page, name).getByText('saved', { exact: true })).toBeVisible();
  // The next change asks again, even if the browser stored nothing of the last one.
  const writes = async () => (await tenant.log()).filter(({ method }) => method === 'PATCH').length;
  const before = await writes();
  await page.getByRole('button', { name: 'Undo all' }).click();
  await expect(plan(page).getByText(/would be changed/)).toBeVisible();
  await send(page, /^Undo in 4 policies/);
  await expect(page.getByText('Paused').first()).toBeVisible({ timeout: 20_000 });
  expect(await writes()).toBe(before);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
});

test('what was sent while the browser kept nothing is uncertain after closing, never “not started”', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  // The record is stored once, as it is before anything begins; then nothing more.
  await page.evaluate(() => {
    const keep = Storage.prototype.setItem;
    let kept = false;
    Storage.prototype.setItem = function (key: string, value: string) {
      if (kept) throw new DOMException('full', 'QuotaExceededError');
      keep.call(this, key, value);
      kept = key.startsWith('pim-desk.rollouts.');
    };
  });
  await send(page, /^Change 4 policies/);
  await expect(page.getByText('Paused').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/is uncertain once this page is closed\.$/)).toBeVisible();
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toEqual([]);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  for (const name of TARGETS) await expect(row(page, name).getByText('saved', { exact: true })).toBeVisible();
  await page.reload();
  for (const name of TARGETS) {
    await expect(row(page, name).getByText('uncertain', { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(row(page, name)).toContainText('this browser could not record what was sent');
  }
  await expect(page.getByText('policies marked uncertain may have been changed')).toBeVisible();
  await expect(page.getByText('not started')).toHaveCount(0);
  await axe(page);
});

test('a policy that a pause leaves half-way says so, also when the rest is cancelled', async ({ page, tenant, watch }) => {
  test.setTimeout(120_000);
  watch.allow(/status of 429/, /429 .*\/rules\//);
  await choose(page, tenant, TARGETS.slice(0, 2));
  await show(page);
  // Its first rule is stored; for the second Microsoft asks for a wait of two hours.
  const second = await tenant.group(TARGETS[1]);
  await tenant.setFaults({ method: 'PATCH', path: second.id, skip: 1, effect: { kind: 'refuse', status: 429, retryAfter: '7200' } });
  await send(page, /^Change 2 policies/);
  const course = page.getByRole('region', { name: 'Changing the policies' });
  await expect(course.getByText('Microsoft is limiting requests: try the rest later')).toBeVisible({ timeout: 60_000 });
  const line = course.getByRole('listitem').filter({ hasText: TARGETS[1] }).first();
  await expect(line).toContainText('paused');
  await expect(line).toContainText(/1 of \d rules verified, 1 failed/);
  await axe(page);
  await page.getByRole('button', { name: 'Cancel the rest' }).click();
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await expect(row(page, TARGETS[1])).toContainText('partly saved');
});

test('too little room for the receipts is told before the change begins', async ({ page, tenant }) => {
  await choose(page, tenant, TARGETS);
  await page.evaluate(() => localStorage.setItem('other', 'x'.repeat(4_995_000)));
  await show(page);
  await expect(plan(page).getByText(/^This browser has room for the receipts of about \d of these 4 policies$/)).toBeVisible();
  await axe(page);
  await plan(page).getByRole('button', { name: /^Change 4 policies/ }).click();
  await expect(page.getByRole('dialog').getByText(/^This browser has room for the receipts/)).toBeVisible();
});

test('a change that was cut short before it sent anything is told and listed; lost receipts are named', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  await send(page, /^Change 4 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  const address = page.url();
  // The state left by a tab that was closed while it was reading; and two of its receipts, gone.
  await page.evaluate(() => {
    const keys = Object.keys(localStorage);
    const key = keys.find((name) => name.startsWith('pim-desk.rollouts.')) ?? '';
    const record = JSON.parse(localStorage.getItem(key) ?? '');
    const other = '00000000-0000-4000-8000-00000000c0de';
    const late = '00000000-0000-4000-8000-0000000001a7';
    const keep = (id: string, kept: object) => {
      localStorage.setItem(key.replace(record.id, id), JSON.stringify({ ...kept, id }));
      localStorage.setItem(key.replace(record.id, id).replace('.rollouts.', '.rollout-sure.'), '1');
    };
    // One whose receipts were updated after it was written.
    const uncertain = record.targets.map((entry: object) => ({ ...entry, end: 'uncertain' }));
    keep(late, { ...record, title: 'Copy that was read later', targets: uncertain });
    for (const entry of record.targets) Object.assign(entry, { end: 'waiting', receipts: [] });
    keep(other, { ...record, title: 'Copy that never began', endedUnixMs: null, updatedUnixMs: 0 });
    for (const name of keys.filter((name) => name.startsWith('pim-desk.receipt.')).slice(0, 2)) localStorage.removeItem(name);
  });
  await page.reload();
  await expect(page.getByText('“Copy that never began” was interrupted')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('2 policies cannot be undone from here, or only in part')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Undo all' }).click();
  await expect(plan(page).getByText(/2 policies would be changed/)).toBeVisible({ timeout: 20_000 });
  await page.goto(`${APP}#/changes`);
  const line = page.getByRole('row').filter({ hasText: 'Copy that never began' });
  await expect(line).toContainText('4 not started');
  await expect(line).toContainText('interrupted');
  // The list shows what the receipts know, as the page of the change does.
  await expect(page.getByRole('row').filter({ hasText: 'Copy that was read later' })).toContainText('2 saved, 2 uncertain');
  await axe(page);
  await page.getByRole('link', { name: 'See the result' }).click();
  await expect(page).not.toHaveURL(address);
  await expect(page.getByText('“Copy that never began” was interrupted')).toHaveCount(0);
});
