import type { Page } from '@playwright/test';
import { axeInAllLooks } from '../harness/axe';
import { APP, GRAPH } from '../harness/browser';
import { choosePerson, signIn, type Person } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';

async function open(page: Page, tenant: Tenant, tab = 'activation', person: Person = 'ana', group = GROUP) {
  const { id } = await tenant.group(group);
  await signIn(page, person, `#/groups/${id}/member/${tab}`);
  await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
  return id;
}

const hours = (page: Page) => page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
const review = (page: Page) => page.getByRole('dialog', { name: /^Review/ });
const writes = async (tenant: Tenant) =>
  (await tenant.log()).filter(({ method }) => method === 'PATCH').map(({ url }) => url.split('/').pop());

test('the tabs hold the settings of the admin center, in its order and with its labels', async ({ page, tenant }) => {
  await open(page, tenant);
  const labels = page.locator('.setting .label, .mail .label');
  await expect(labels).toHaveText([
    'Activation maximum duration (hours)',
    'On activation, require',
    'Require justification on activation',
    'Require ticket information on activation',
    'Require approval to activate',
    'Select approver(s)',
  ]);
  await axeInAllLooks(page);
  await page.getByRole('link', { name: 'Assignment' }).click();
  await expect(labels).toHaveText([
    'Allow permanent eligible assignment',
    'Expire eligible assignments after',
    'Allow permanent active assignment',
    'Expire active assignments after',
    'Require multifactor authentication on active assignment',
    'Require justification on active assignment',
    'Require multifactor authentication on eligible assignment',
    'Require justification on eligible assignment',
  ]);
  await expect(page.getByRole('heading', { name: 'Not shown in the admin center' })).toBeVisible();
  await axeInAllLooks(page);
  await page.getByRole('link', { name: 'Notification' }).click();
  await expect(page.locator('.mail')).toHaveCount(9);
  await expect(page.getByText('Only designated approvers can receive this email')).toBeVisible();
  await axeInAllLooks(page);
});

test('a key typed is counted at once, and what it means for its setting follows', async ({ page, tenant }) => {
  await open(page, tenant);
  const seen = await hours(page).evaluate(async (input: HTMLInputElement) => {
    const type = (text: string) => ((input.value = text), input.dispatchEvent(new Event('input', { bubbles: true })));
    const look = () => [document.querySelector('.action-bar p')?.textContent, !!document.querySelector('.setting .was')];
    type('2');
    // Before anything can be painted.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const first = look();
    await new Promise((done) => setTimeout(done, 300));
    return { first, then: look() };
  });
  expect(seen.first).toEqual(['1 change', false]);
  expect(seen.then).toEqual(['1 change', true]);
});

test('what was typed gives way to the stored value, the same one again and one without numbers', async ({ page, tenant }) => {
  await open(page, tenant);
  const [own, minutes] = ['Hours', 'Minutes'].map((name) => page.getByRole('textbox', { name }));
  const reset = page.getByRole('button', { name: 'Reset Activation maximum duration (hours)' });
  const stored = await own.inputValue();
  for (const typed of ['2', '3', 'x']) {
    await own.fill(typed);
    await minutes.fill('30');
    await expect(own).toHaveValue(typed);
    await reset.click();
    await expect(own).toHaveValue(stored);
    await expect(minutes).toHaveValue('0');
  }
  await tenant.editRule({
    group: GROUP,
    access: 'member',
    rule: 'Expiration_EndUser_Assignment',
    patch: { maximumDuration: 'P1M' },
    by: 'olga',
  });
  await page.reload();
  await own.fill('x');
  await minutes.fill('30');
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(own).toHaveValue('x');
  await expect(minutes).toHaveValue('30');
  await minutes.fill('');
  await own.fill('PT30S');
  await expect(page.getByText('“PT30S” is not a duration.')).toBeVisible();
  await expect(own).toHaveValue('PT30S');
  await reset.click();
  await expect(own).toHaveValue('');
  await expect(minutes).toHaveValue('');
});

test('a setting that another one brings with it is shown at once', async ({ page, tenant }) => {
  await tenant.editRule({
    group: GROUP,
    access: 'member',
    rule: 'Expiration_Admin_Eligibility',
    patch: { isExpirationRequired: false, maximumDuration: 'PT0S' },
    by: 'olga',
  });
  await open(page, tenant, 'assignment');
  const period = page.getByRole('combobox', { name: 'Expire eligible assignments after' });
  const permanent = page.getByRole('checkbox', { name: 'Allow permanent eligible assignment' });
  const select = await period.elementHandle();
  const seen = await permanent.evaluate(async (box: HTMLInputElement, select) => {
    box.click();
    // Before anything can be painted.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    return [document.querySelector('.action-bar p')?.textContent, (select as HTMLSelectElement).value];
  }, select);
  expect(seen).toEqual([expect.stringMatching(/^2 changes/), 'P365D']);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(permanent).toBeChecked();
  await expect(period).not.toHaveValue('P365D');
});

/** Types the hours and opens the review in one go; gives what the review says first. */
const typeAndReview = (page: Page, text: string) =>
  hours(page).evaluate(async (input: HTMLInputElement, text) => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    [...document.querySelectorAll('button')].find((button) => button.textContent === 'Review changes')?.click();
    for (;;) {
      const opened = document.querySelector('dialog[open]')?.textContent;
      if (opened) return opened;
      await new Promise((done) => setTimeout(done));
    }
  }, text);

test('a value that cannot be saved is known in the review, however soon that is opened', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  // What follows the box comes first.
  await expect(page.locator('.setting .was')).toHaveCount(1);
  expect(await typeAndReview(page, 'x')).toContain('Some values cannot be saved.');
  await expect(review(page).getByRole('button', { name: /^Save/ })).toBeDisabled();
});

test('a review opened right after a key is checked once, and by its own reading', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await expect(page.locator('.setting .was')).toHaveCount(1);
  await tenant.clearLog();
  await typeAndReview(page, '2');
  await expect(review(page).getByRole('button', { name: 'Save 2 changes' })).toBeEnabled();
  // As long as a pause would take to look at what is typed.
  await page.waitForTimeout(1500);
  const looks = (await tenant.log()).filter(({ method, body }) => method === 'POST' && body.includes('roleManagementPolic'));
  expect(looks).toHaveLength(1);
});

/** Leaves no room in the tab's storage, or gives it back. */
const fill = (page: Page, full: boolean) =>
  page.evaluate((full) => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('other-app.')) sessionStorage.removeItem(key);
    for (let size = full ? 1 << 20 : 0; size > 0; size >>= 1) {
      try {
        for (let at = 0; ; at += 1) sessionStorage.setItem(`other-app.${size}.${at}`, 'x'.repeat(size));
      } catch {
        // Less fits.
      }
    }
  }, full);

test('a tab that has no room for what is typed says so, until it has', async ({ page, tenant }) => {
  await open(page, tenant);
  await fill(page, true);
  await hours(page).fill('2');
  const told = page.getByRole('status').filter({ hasText: 'This tab does not keep what you type' });
  await expect(told).toBeVisible();
  await axeInAllLooks(page);
  await fill(page, false);
  await hours(page).fill('5');
  await expect(told).toBeHidden();
  await page.reload();
  await expect(hours(page)).toHaveValue('5');
  // Seen once, it is not said again with every key.
  await fill(page, true);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('checkbox', { name: 'Require justification on activation' }).uncheck();
  await expect(page.locator('.setting .was')).toHaveCount(3);
  await page.waitForTimeout(200);
  await expect(told).toBeHidden();
});

test('three settings are changed, reviewed, saved, verified, and still there after a reload', async ({ page, tenant }) => {
  await open(page, tenant);
  await hours(page).fill('2');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('link', { name: 'Notification' }).click();
  const mail = page.getByRole('group', { name: 'Notification to activated user (requestor)' });
  await mail.getByRole('textbox', { name: 'Additional recipients' }).fill('soc@contoso.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(review(page)).toContainText('4 h');
  await expect(review(page)).toContainText('2 h');
  await expect(review(page)).toContainText('soc@contoso.com');
  await axeInAllLooks(page);
  await tenant.clearLog();
  await page.getByRole('button', { name: 'Save 3 changes' }).click();
  await expect(page.getByRole('dialog').getByText('3 of 3 rules verified.')).toBeVisible({ timeout: 15_000 });
  await axeInAllLooks(page);
  expect(await writes(tenant)).toEqual([
    'Enablement_EndUser_Assignment',
    'Expiration_EndUser_Assignment',
    'Notification_Requestor_EndUser_Assignment',
  ]);
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.reload();
  await expect(page.getByText('soc@contoso.com').first()).toBeVisible();
  await page.getByRole('link', { name: 'Activation', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
  const rule = (await tenant.rule(GROUP, 'member', 'Expiration_EndUser_Assignment')) as { maximumDuration: string };
  expect(rule.maximumDuration).toBe('PT2H');
});

test('a weakening is named, and undo brings back what was', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).uncheck();
  await expect(page.getByText('weakens security: anyone eligible activates at once')).toBeVisible();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Undo…' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  const rule = (await tenant.rule(GROUP, 'member', 'Approval_EndUser_Assignment')) as { setting: { isApprovalRequired: boolean } };
  expect(rule.setting.isApprovalRequired).toBe(true);
});

for (const keep of ['mine', 'theirs'] as const) {
  test(`another administrator changed the same setting: keep ${keep}`, async ({ page, tenant }) => {
    await open(page, tenant);
    await hours(page).fill('2');
    await tenant.editRule({
      group: GROUP,
      access: 'member',
      rule: 'Expiration_EndUser_Assignment',
      patch: { maximumDuration: 'PT6H' },
      by: 'olga',
    });
    await page.getByRole('button', { name: 'Review changes' }).click();
    await tenant.clearLog();
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await expect(page.getByRole('dialog', { name: 'Someone else changed the same settings' })).toBeVisible();
    await expect(page.getByText('last changed by Olga Petrenko').first()).toBeVisible();
    expect(await writes(tenant)).toEqual([]);
    await axeInAllLooks(page);
    await page.getByRole('radio', { name: keep === 'mine' ? /^Keep mine/ : /^Take theirs/ }).check();
    await page.getByRole('button', { name: 'Back to review' }).click();
    if (keep === 'mine') {
      await page.getByRole('button', { name: 'Save 1 change' }).click();
      await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
    } else {
      await expect(page.getByRole('button', { name: /^Save \d+ change/ })).toHaveAttribute('aria-disabled', 'true');
    }
    const rule = (await tenant.rule(GROUP, 'member', 'Expiration_EndUser_Assignment')) as { maximumDuration: string };
    expect(rule.maximumDuration).toBe(keep === 'mine' ? 'PT2H' : 'PT6H');
  });
}

test('leaving with unsaved changes asks; a reload brings them back', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave 1 unsaved change?' });
  await expect(leave).toBeVisible();
  await expect(leave.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await axeInAllLooks(page);
  await leave.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page).toHaveURL(/activation$/);
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
});

test('a key typed just before the page goes is kept', async ({ page, tenant }) => {
  await open(page, tenant);
  page.on('dialog', (dialog) => dialog.accept());
  const hours = page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
  // In one task, and no clock runs on: only what is done as the page goes can keep it.
  await hours.evaluate((input: HTMLInputElement) => {
    window.setTimeout = (() => 0) as never;
    input.value = '2';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    location.reload();
  });
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  await expect(hours).toHaveValue('2');
});

test('right after a key the page asks before it is closed, and keeps the key when it is hidden', async ({ page, tenant }) => {
  await open(page, tenant);
  const seen = await hours(page).evaluate((input: HTMLInputElement) => {
    const kept = () => JSON.stringify({ ...sessionStorage });
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const [before, asksUnasked] = [kept(), asks()];
    window.setTimeout = (() => 0) as never;
    input.value = '2';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const asksAtOnce = asks();
    document.dispatchEvent(new Event('visibilitychange'));
    return { asksUnasked, asksAtOnce, keptNow: kept() !== before && kept().includes('PT2H') };
  });
  expect(seen).toEqual({ asksUnasked: false, asksAtOnce: true, keptNow: true });
});

test('saving asks for the permission to write, and the draft survives the sign-in', async ({ page, tenant, watch }) => {
  watch.allow(/400 .*\/token/); // the silent try, which the sign-in service refuses
  const read = [
    'User.Read', 'User.ReadBasic.All', 'GroupMember.Read.All', 'PrivilegedAccess.Read.AzureADGroup',
    'RoleManagementPolicy.Read.AzureADGroup', 'PrivilegedAssignmentSchedule.Read.AzureADGroup', 'AuthenticationContext.Read.All',
  ];
  await tenant.reset({ consented: read });
  const { id } = await tenant.group(GROUP);
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await choosePerson(page, 'ana');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByText('One more step before saving')).toBeVisible();
  await axeInAllLooks(page);
  await page.getByRole('button', { name: 'Sign in to go on' }).click();
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  await accept.click();
  await page.waitForURL(`${APP}**`);
  await expect(review(page)).toBeVisible();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
});

test('approval without an approver is stopped at the field; one is found by keyboard', async ({ page, tenant }) => {
  await open(page, tenant);
  for (const name of ['Dana Ruiz', 'Tier-0 Approvers']) await page.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(page.getByText('No approver is picked: nobody could approve.')).toBeVisible();
  const search = page.getByRole('combobox', { name: 'Add approver' });
  await search.fill('olga');
  await expect(page.getByRole('option', { name: /Olga Petrenko/ })).toBeVisible();
  await axeInAllLooks(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove Olga Petrenko' })).toBeVisible();
  await expect(page.getByText('No approver is picked')).toHaveCount(0);
});

test('a reader sees values as text and is told who could change them', async ({ page, tenant, watch }) => {
  watch.allow(/403 .*\/rules\//);
  await open(page, tenant, 'activation', 'rhea');
  await expect(page.getByText('You can probably only read this policy')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await axeInAllLooks(page);
  await page.getByRole('button', { name: 'Edit anyway' }).click();
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByText('You may not change this policy')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('dialog').getByText('0 of 1 rule verified, 1 failed.')).toBeVisible();
});

test('a person without the right to read is told what is missing, with ids to copy', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'otto', `#/groups/${id}/member/activation`);
  await expect(page.getByText('You may not read this group\'s policy').first()).toBeVisible();
  await page.getByText('Details', { exact: true }).first().click();
  await expect(page.getByText('Request id').first()).toBeVisible();
  await axeInAllLooks(page);
});

test('a group that is not in PIM says that saving brings it in for good', async ({ page, tenant, watch }) => {
  watch.allow(/404 .*\/rules\//); // the policy's id changes with the first write
  await open(page, tenant, 'activation', 'ana', 'Break-glass custodians');
  await expect(page.getByText('This group is not in PIM yet')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByText('Saving brings this group into PIM for good')).toBeVisible();
  await page.getByRole('button', { name: 'Save 1 change and bring into PIM' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  expect((await tenant.group('Break-glass custodians')).inPim).toBe(true);
});

test('a hostile name is text', async ({ page, tenant }) => {
  await open(page, tenant, 'activation', 'ana', 'Research – <b>Project X</b> & Co');
  await expect(page.locator('h1 b')).toHaveCount(0);
});

test('a rule is one click away', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('button', { name: 'Show Graph rule: Activation maximum duration' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('"maximumDuration": "PT4H"');
  await axeInAllLooks(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('both policies are read in one call', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('link', { name: 'Owners' }).click();
  await expect(page.getByRole('link', { name: 'Owners' })).toHaveAttribute('aria-current', 'page');
  const log = await tenant.log();
  const policyReads = log.filter(({ url, body }) => url.startsWith(GRAPH) && (url + (body ?? '')).includes('roleManagementPolicyAssignments'));
  expect(policyReads.length).toBe(1);
});
