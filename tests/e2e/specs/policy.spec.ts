import { axe, axeInAllLooks } from '../harness/axe';
import { APP, GRAPH } from '../harness/browser';
import { hold } from '../harness/hold';
import { choosePerson, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';
import { GROUP, hours, open, review, saveWithoutRight } from '../harness/policy';

const writes = async (tenant: Tenant) =>
  (await tenant.log()).filter(({ method }) => method === 'PATCH').map(({ url }) => url.split('/').pop());

test('no button of the page moves when the policy is read', async ({ page, tenant }) => {
  const reading = await hold(page, 'POST', '/$batch');
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  const buttons = page.locator('.page-title .actions').getByRole('button');
  const places = () => buttons.evaluateAll((all) => all.map((one) => `${one.textContent} ${one.getBoundingClientRect().x}`));
  await reading.reached();
  await expect(page.getByRole('button', { name: 'Copy settings from…' })).toHaveAccessibleDescription('The policy is still being read.');
  const before = await places();
  reading.letGo();
  await expect(hours(page)).toBeVisible();
  expect(await places()).toEqual(before);
  await page.getByRole('button', { name: 'Copy settings from…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

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
  await review(page).getByText('Rules as JSON').click();
  await expect(review(page).locator('pre').filter({ hasText: '"maximumDuration": "PT4H"' })).toHaveCount(1);
  await expect(review(page).locator('pre').filter({ hasText: '"maximumDuration": "PT2H"' })).toHaveCount(1);
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
  await expect(page.getByText(/^Last changed by Ana/).locator('time')).toHaveAttribute('title', /Z\)$/);
  await page.getByRole('link', { name: 'Activation', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
  const rule = (await tenant.rule(GROUP, 'member', 'Expiration_EndUser_Assignment')) as { maximumDuration: string };
  expect(rule.maximumDuration).toBe('PT2H');
});

test('what is wrong with an address is told at its field', async ({ page, tenant }) => {
  await open(page, tenant, 'notification');
  const field = page
    .getByRole('group', { name: 'Notification to activated user (requestor)' })
    .getByRole('textbox', { name: 'Additional recipients' });
  await field.fill('nobody');
  await page.keyboard.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/“nobody” is not an email address\./);
  await axeInAllLooks(page);
});

test('what turning an email off weakens is told at its checkbox', async ({ page, tenant }) => {
  await open(page, tenant, 'notification');
  const defaults = page
    .getByRole('group', { name: 'Notification to activated user (requestor)' })
    .getByRole('checkbox', { name: 'Default recipients (Requestor)' });
  await defaults.uncheck();
  await expect(defaults).toHaveAccessibleDescription(/weakens security: fewer people are notified/);
  await axeInAllLooks(page);
});

test('a weakening is named, and undo brings back what was', async ({ page, tenant }) => {
  await open(page, tenant);
  const approval = page.getByRole('checkbox', { name: 'Require approval to activate' });
  await approval.uncheck();
  await expect(page.getByText('weakens security: anyone eligible activates at once')).toBeVisible();
  await expect(approval).toHaveAccessibleDescription(/weakens security: anyone eligible activates at once/);
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
    await expect(page.getByRole('dialog', { name: 'The same settings were changed meanwhile' })).toBeVisible();
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
      await expect(review(page)).toContainText('Nothing is changed.');
      await expect(review(page)).not.toContainText('Checking approvers');
    }
    const rule = (await tenant.rule(GROUP, 'member', 'Expiration_EndUser_Assignment')) as { maximumDuration: string };
    expect(rule.maximumDuration).toBe(keep === 'mine' ? 'PT2H' : 'PT6H');
  });
}

test('what another administrator changed beside the edits is noted, told and sent as it is now', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await tenant.editRule({
    group: GROUP,
    access: 'member',
    rule: 'Enablement_EndUser_Assignment',
    patch: { enabledRules: ['Justification'] },
    by: 'olga',
  });
  await page.getByRole('button', { name: 'Review changes' }).click();
  const dialog = page.getByRole('dialog');
  const others = dialog.getByRole('status').filter({ hasText: 'This policy has changed since the page was opened' });
  await expect(others).toContainText('Kept as it is now:');
  await expect(others.getByRole('listitem')).toHaveCount(1);
  await expect(others.locator('.change-name')).toHaveText('On activation, require');
  await expect(others.locator('.before')).toHaveText('Azure MFA');
  await expect(others.locator('.after')).toHaveText('nothing');
  await expect(others).toContainText('weakens security: activating needs no MFA and no authentication context');
  await expect(others).toContainText(/The policy was last changed by Olga Petrenko, .*\d{4}/);
  await dialog.getByText('In plain words').click();
  await expect(dialog.getByText(/with a justification;/)).toBeVisible();
  await expect(dialog.getByText(/with a justification and a ticket;/)).toBeVisible();
  await dialog.getByText('Graph calls').click();
  await expect(dialog.locator('pre')).toContainText('"Ticketing"');
  await expect(dialog.locator('pre')).not.toContainText('MultiFactorAuthentication');
  await axeInAllLooks(page);
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(dialog.getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  await expect(others.locator('.change-name')).toHaveText('On activation, require');
  const rule = (await tenant.rule(GROUP, 'member', 'Enablement_EndUser_Assignment')) as { enabledRules: string[] };
  expect(rule.enabledRules).toEqual(['Justification', 'Ticketing']);
});

test('saving asks for the permission to write, and the draft survives the sign-in', async ({ page, tenant, watch }) => {
  watch.allow(/400 .*\/token/); // the silent attempt, which the sign-in service refuses
  await saveWithoutRight(page, tenant);
  await expect(page.getByText('One more step before saving')).toBeVisible();
  await axeInAllLooks(page);
  await page.getByRole('button', { name: 'Sign in to continue' }).click();
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  await accept.click();
  await page.waitForURL(`${APP}**`);
  await expect(review(page)).toBeVisible();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
});

test('a draft waits for its person when the permission to write is refused', async ({ page, tenant, watch }) => {
  watch.allow(/400 .*\/token/); // the silent attempt, which the sign-in service refuses
  await saveWithoutRight(page, tenant);
  await page.getByRole('button', { name: 'Sign in to continue' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.waitForURL(`${APP}**`);
  await expect(page.getByText('Unsent input is kept in this tab')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch account' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
});

test('a reader sees values as text, is told who could change them, and keeps what was refused over a sign-in', async ({ page, tenant, watch }) => {
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
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('0 of 1 rule verified, 1 failed.')).toBeVisible();
  await expect(page.getByText('You can probably only read this policy')).toBeVisible();
  await expect(dialog.getByRole('link', { name: 'My roles in PIM' })).toHaveAttribute('href', /ActivationMenuBlade/);
  const ticket = page.locator('.setting').filter({ hasText: 'Require ticket information on activation' });
  await expect(ticket.locator('.value')).toHaveText('yes');
  await expect(ticket).toContainText('was no');
  await axe(page);
  const loaded = page.waitForEvent('load');
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await loaded;
  await page.waitForURL(`${APP}**`);
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
});

test('a group that is not there is looked for in a named tenant, and as someone else', async ({ page, watch }) => {
  watch.allow(/404/);
  await signIn(page, 'ana', '#/groups/00000000-0000-4000-8000-00000000dead/member/activation');
  const main = page.getByRole('main');
  await expect(main.getByText(/Looked for in .+, signed in as ana@/).first()).toBeVisible();
  await axe(page);
  await main.getByRole('button', { name: 'Switch account' }).first().click();
  await choosePerson(page, 'rhea');
  await expect(main.getByText(/signed in as rhea@/).first()).toBeVisible();
});

test('a person without the right to read is told what is missing, with ids to copy', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'otto', `#/groups/${id}/member/activation`);
  await expect(page.getByText('You may not read this group\'s policy').first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Sign in again' }).first()).toBeVisible();
  await page.getByText('Details', { exact: true }).first().click();
  await expect(page.getByText('Request ID').first()).toBeVisible();
  await axeInAllLooks(page);
});

test('of two policies for the same people none is changed, and both are named', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  const one = (policyId: string, displayName: string) => {
    const policy = { id: policyId, rules: [], lastModifiedDateTime: '2026-11-20T08:00:00Z', lastModifiedBy: { displayName } };
    return { roleDefinitionId: 'member', scopeId: id, policyId, policy };
  };
  const body = JSON.stringify({ value: [one('Group_first_0001', 'Olga Brandt'), one('Group_second_0002', 'Sinead Byrne')] });
  const effect = { kind: 'replace', status: 200, contentType: 'application/json', body };
  await tenant.setFaults({ path: `scopeId eq '${id}'`, effect });
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByText(/^Microsoft returned more than one policy\./)).toBeVisible();
  for (const told of ['Group_first_0001', 'Group_second_0002', /^Last changed by Olga Brandt/, /^Last changed by Sinead Byrne/]) {
    await expect(page.getByText(told)).toBeVisible();
  }
  await axe(page);
});

test('a group that is not in PIM says that saving brings it in for good', async ({ page, tenant, watch }) => {
  watch.allow(/404 .*\/rules\//); // the policy's ID changes with the first write
  await open(page, tenant, 'activation', 'ana', 'Break-glass custodians');
  await expect(page.getByText('This group is not in PIM yet')).toBeVisible();
  await expect(page.getByText('not in PIM', { exact: true })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByText('Saving brings this group into PIM for good')).toBeVisible();
  await page.getByRole('button', { name: 'Save 1 change and bring into PIM' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  expect((await tenant.group('Break-glass custodians')).inPim).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await expect(page.getByText('in PIM', { exact: true })).toBeVisible();
  await expect(page.getByText('not in PIM', { exact: true })).toHaveCount(0);
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

test('a name that is read anew leaves a save that runs on screen, with its end in its receipt', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await tenant.setFaults({ path: `/groups/${id}?`, times: 1, effect: { kind: 'refuse', status: 403 } });
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  const again = await hold(page, 'POST', '/$batch', (call) => (call.postData() ?? '').includes(`/groups/${id}?`));
  await page.getByRole('button', { name: 'Try again' }).click();
  await again.reached();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('dialog', { name: `Review 1 change to group ${id} (member)` })).toBeVisible();
  const writing = await hold(page, 'PATCH', '/rules/');
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await writing.reached();
  again.letGo();
  await expect(page.locator('#page-title')).toHaveText(GROUP);
  writing.letGo();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes' }).click();
  await expect(page.getByRole('row', { name: new RegExp(id) })).toContainText('saved');
});

test('an error in the review leads to its field', async ({ page, tenant }) => {
  await open(page, tenant);
  for (const name of ['Dana Ruiz', 'Tier-0 Approvers']) await page.getByRole('button', { name: `Remove ${name}` }).click();
  await page.getByRole('link', { name: 'Assignment' }).click();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(review(page).getByRole('link', { name: /Select approver/ }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(review(page)).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Add approver' })).toBeFocused();
});
