// The approvers of a policy: found, pasted, named, and shown if there are many.
import type { Page } from '@playwright/test';
import { axe, axeInAllLooks } from '../harness/axe';
import { installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { GROUP, open, review } from '../harness/policy';
import { expect, test } from '../harness/test';

test('approval without an approver is stopped at the field; one is found by keyboard', async ({ page, tenant }) => {
  await open(page, tenant);
  for (const name of ['Dana Ruiz', 'Tier-0 Approvers']) await page.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(page.getByText('No approver is selected: nobody could approve.')).toBeVisible();
  const search = page.getByRole('combobox', { name: 'Add approver' });
  await search.fill('olga');
  await expect(page.getByRole('option', { name: /Olga Petrenko/ })).toBeVisible();
  await axeInAllLooks(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove Olga Petrenko' })).toBeVisible();
  await expect(page.getByText('No approver is selected')).toHaveCount(0);
});

test('names that arrive while something is pressed do not move it away from the pointer', async ({ page, tenant }) => {
  await installClock(page);
  const names = await hold(page, 'POST', '/directoryObjects/getByIds');
  await open(page, tenant);
  await names.reached();
  const box = page.getByRole('checkbox', { name: 'Require ticket information on activation' });
  await box.scrollIntoViewIfNeeded();
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  await box.hover();
  await page.mouse.down();
  const answer = page.waitForResponse((response) => response.url().includes('getByIds'));
  names.letGo();
  await (await answer).finished();
  await page.clock.runFor(300);
  await expect(page.getByText('Person (').first()).toBeVisible();
  await page.mouse.up();
  await expect(box).toBeChecked();
  await page.clock.runFor(1_000);
  await expect(page.getByText('Person (')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Remove Dana Ruiz' })).toBeVisible();
});

test('whoever is picked or was made an approver meanwhile is named, also after a reload and in a conflict', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('combobox', { name: 'Add approver' }).fill('olga');
  await page.getByRole('option', { name: /Olga Petrenko/ }).click();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(review(page)).toContainText('Olga Petrenko');
  await page.reload();
  await expect(review(page)).toContainText('Olga Petrenko');
  await expect(page.getByText('Person (')).toHaveCount(0);
  // A save starts from what its review read: the colleague's change comes before the next one.
  await expect(review(page).getByRole('button', { name: /^Save/ })).toBeEnabled();
  await review(page).getByRole('button', { name: 'Keep editing' }).click();
  const { id } = await tenant.group('Network Operators');
  const stage = { primaryApprovers: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: id, description: null }] };
  await tenant.editRule({
    group: GROUP,
    access: 'member',
    rule: 'Approval_EndUser_Assignment',
    patch: { setting: { isApprovalRequired: true, approvalStages: [stage] } },
    by: 'olga',
  });
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review(page).getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('radio', { name: 'Take theirs: Network Operators' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Keep mine: .*Olga Petrenko/ })).toBeVisible();
});

const paste = (page: Page, text: string) =>
  page.getByRole('combobox', { name: 'Add approver' }).evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

test('pasted approvers are looked up on whichever tab, hold the save, and are all added or told', async ({ page, tenant }) => {
  await open(page, tenant);
  const lookUps = await hold(page, 'POST', '/$batch', (call) => /displayName(%20| )eq/.test(call.postData() ?? ''));
  await paste(page, 'olga@contoso.com; nobody@contoso.com; rhea@contoso.com');
  await expect(page.getByText('Looking up 3 names…').first()).toBeVisible();
  await lookUps.reached();
  await page.getByRole('link', { name: 'Assignment' }).click();
  await page.getByRole('checkbox', { name: 'Require justification on active assignment' }).click();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(review(page).getByRole('button', { name: /^Save/ })).toBeDisabled();
  await expect(review(page)).toContainText('Looking up 3 names…');
  lookUps.letGo();
  await expect(review(page).getByRole('button', { name: 'Save 2 changes' })).toBeEnabled();
  await expect(review(page)).toContainText('the exact name or email address is needed: nobody@contoso.com.');
  await axeInAllLooks(page);
  await review(page).getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('link', { name: 'Activation', exact: true }).click();
  for (const name of ['Dana Ruiz', 'Olga Petrenko', 'Rhea']) {
    await expect(page.getByRole('button', { name: new RegExp(`^Remove ${name}`) })).toBeVisible();
  }
  const told = page.locator('.error-line', { hasText: 'the exact name or email address is needed: nobody@contoso.com.' });
  await expect(told).toBeVisible();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save 2 changes', disabled: false }).click();
  await expect(dialog.getByText('2 of 2 rules verified.')).toBeVisible({ timeout: 15_000 });
  await expect(told).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await paste(page, 'Tier-0 Approvers, Olga Petrenko <olga@contoso.com>');
  const byAddress = page.locator('p.help', {
    hasText: 'not the name before it: Tier-0 Approvers, Olga Petrenko <olga@contoso.com>.',
  });
  await expect(byAddress).toBeVisible();
  for (const how of ['picked', 'dismissed'] as const) {
    await paste(page, 'olga@contoso.com; nobody@contoso.com');
    await expect(told).toBeVisible();
    await expect(byAddress).toHaveCount(0);
    if (how === 'picked') {
      await page.getByRole('combobox', { name: 'Add approver' }).fill('ana');
      await page.getByRole('option').first().click();
    } else {
      await page.getByRole('button', { name: 'Review changes' }).click();
      await review(page).getByRole('status').filter({ hasText: 'Some pasted approvers were not added' }).getByRole('button').click();
    }
    await expect(told).toHaveCount(0);
  }
});

test('the review says of whom only the address was looked up, and calls nobody left out', async ({ page, tenant }) => {
  await open(page, tenant);
  await paste(page, 'Tier-0 Approvers, Olga Petrenko <olga@contoso.com>');
  await expect(page.getByRole('button', { name: 'Remove Olga Petrenko' })).toBeVisible();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Check the pasted approvers')).toBeVisible();
  await expect(dialog.getByText('Only the address was looked up, not the name before it: Tier-0 Approvers')).toBeVisible();
  await expect(dialog).not.toContainText('were not added');
});

test('names still being looked up are not said to be kept when the policy is left', async ({ page, tenant }) => {
  await open(page, tenant);
  const lookUps = await hold(page, 'POST', '/$batch', (call) => /displayName(%20| )eq/.test(call.postData() ?? ''));
  await paste(page, 'olga@contoso.com; rhea@contoso.com');
  await lookUps.reached();
  const dialog = page.getByRole('dialog');
  const leave = () => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes' }).click();
  await leave();
  await expect(dialog).toContainText('Names still being looked up are not kept.');
  await axe(page);
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  lookUps.letGo();
  await expect(page.getByRole('button', { name: 'Remove Olga Petrenko' })).toBeVisible();
  await leave();
  await expect(dialog).toContainText('Kept changes stay in this tab');
  await expect(dialog).not.toContainText('Names still being looked up');
});

test('of many approvers the first are shown, and those added, until all are asked for', async ({ page, tenant }) => {
  const rule = { group: GROUP, access: 'member', rule: 'Approval_EndUser_Assignment', by: 'olga' };
  const { setting } = (await tenant.rule(GROUP, 'member', rule.rule)) as { setting: Record<string, unknown> };
  const primaryApprovers = Array.from({ length: 120 }, (_, at) => ({
    '@odata.type': '#microsoft.graph.singleUser',
    userId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    description: null,
  }));
  await tenant.editRule({ ...rule, patch: { setting: { ...setting, isApprovalRequired: true, approvalStages: [{ primaryApprovers }] } } });
  await open(page, tenant);
  const chips = page.locator('.setting').filter({ hasText: 'Select approver(s)' }).locator('.chip');
  await expect(chips).toHaveCount(50);
  await axe(page);
  await page.getByRole('combobox', { name: 'Add approver' }).fill('olga');
  await page.getByRole('option', { name: /Olga Petrenko/ }).click();
  await expect(chips).toHaveCount(51);
  await expect(page.getByRole('button', { name: 'Remove Olga Petrenko' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all 121 approvers' }).click();
  await expect(chips).toHaveCount(121);
  await expect(page.getByRole('combobox', { name: 'Add approver' })).toBeFocused();
  await expect(page.getByRole('button', { name: /^Show all/ })).toHaveCount(0);
});
