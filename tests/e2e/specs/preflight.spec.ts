// The tenant check: it delays the save, says when it is incomplete, and shows its findings at the fields.
import type { Page } from '@playwright/test';
import { axe, axeInAllLooks } from '../harness/axe';
import { GRAPH } from '../harness/browser';
import { hurryTo, installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';
const ODD = 'Data Warehouse Readers – Personal Data';

async function open(page: Page, tenant: Tenant, group = GROUP) {
  const { id } = await tenant.group(group);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
}

const save = (page: Page) => page.getByRole('dialog').getByRole('button', { name: /^Save/ });

test('saving waits for the check of the tenant', async ({ page, tenant }) => {
  await open(page, tenant);
  const held = await hold(page, 'POST', '/$batch');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(save(page)).toHaveAccessibleDescription(/Checking this change against the tenant/);
  held.letGo();
  await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('The tenant check is not complete')).toHaveCount(0);
  // Once more for axe, which may take longer than the check.
  await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
  held.again();
  await page.getByRole('checkbox', { name: 'Require justification on activation' }).uncheck();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
  await axe(page);
  held.letGo();
});

test('a check that takes too long is said to be incomplete, and does not hold the save for ever', async ({ page, tenant }) => {
  await installClock(page);
  await open(page, tenant);
  const held = await hold(page, 'POST', '/$batch');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
  await hurryTo(page, page.getByText('The tenant check is not complete'));
  await axeInAllLooks(page);
  await save(page).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  held.letGo();
});

test('what the check finds stands at the field, before any review', async ({ page, tenant }) => {
  await open(page, tenant, ODD);
  const approvers = page.locator('.setting').filter({ hasText: 'Select approver(s)' });
  await page.getByRole('combobox', { name: 'Add approver' }).fill('dana');
  await page.getByRole('option', { name: /Dana Ruiz/ }).click();
  await expect(approvers.getByText(/has no members, so nobody in it can approve/)).toBeVisible();
  await axeInAllLooks(page);
  const duration = page.locator('.setting').filter({ hasText: 'Activation maximum duration' });
  await duration.locator('input').first().fill('12');
  await expect(duration.getByText(/Longer than a working day/)).toBeVisible();
  await expect(approvers.getByText(/has no members/)).toBeVisible();
});

test('the review judges the policy as a colleague left it, and the page goes on from there', async ({ page, tenant }) => {
  const rule = { group: GROUP, access: 'member', rule: 'Approval_EndUser_Assignment', by: 'olga' };
  const { setting } = (await tenant.rule(GROUP, 'member', rule.rule)) as { setting: Record<string, unknown> };
  await tenant.editRule({ ...rule, patch: { setting: { ...setting, isApprovalRequired: false } } });
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).check();
  await tenant.editRule({ ...rule, patch: { setting: { ...setting, isApprovalRequired: false, approvalStages: [] } } });
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('dialog').getByText('No approver is selected: nobody could approve.')).toBeVisible();
  await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
  await expect(page.locator('.setting').filter({ hasText: 'Select approver(s)' })).toContainText('No approver is selected');
  await expect(page.getByRole('button', { name: /^Remove Dana Ruiz/ })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Add approver' }).fill('dana');
  await page.getByRole('option', { name: /Dana Ruiz/ }).click();
  await expect(page.getByRole('button', { name: /^Remove Dana Ruiz/ })).toBeVisible();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
  await save(page).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
});

test('what a colleague changed beside it is told, too, where the changes can no longer be saved', async ({ page, tenant }) => {
  const rule = { group: GROUP, access: 'member', rule: 'Approval_EndUser_Assignment', by: 'olga' };
  const { setting } = (await tenant.rule(GROUP, 'member', rule.rule)) as { setting: Record<string, unknown> };
  await tenant.editRule({ ...rule, patch: { setting: { ...setting, isApprovalRequired: false } } });
  await installClock(page);
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
  await tenant.editRule({ ...rule, patch: { setting: { ...setting, isApprovalRequired: false, approvalStages: [] } } });
  await tenant.editRule({ ...rule, rule: 'Expiration_EndUser_Assignment', patch: { maximumDuration: 'PT6H' } });
  // A save no longer starts from what the review read.
  await page.clock.fastForward(11_000);
  await save(page).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('The policy has changed, so your changes can no longer be saved');
  const told = dialog.getByRole('status').filter({ hasText: 'This policy has changed since the page was opened' });
  await expect(told).toContainText('Activation maximum duration');
  await axe(page);
});

test('right after the review a save of two rules adds two reads', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first().fill('2');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
  await tenant.clearLog();
  await save(page).click();
  await expect(page.getByRole('dialog').getByText('2 of 2 rules verified.')).toBeVisible({ timeout: 15_000 });
  // The inbox is read in the background too, and a token for writing is requested.
  const ofPolicies = (await tenant.log()).filter(({ method, url, body }) => method !== 'OPTIONS' && (url + body).includes('roleManagementPolic'));
  const methods = ofPolicies.filter(({ url }) => url.startsWith(GRAPH)).map(({ method }) => method);
  expect(methods).toEqual(['PATCH', 'PATCH', 'GET', 'GET']);
});

test('contexts that may not be read are asked for once, however often a draft is looked at', async ({ page, tenant, watch }) => {
  const contexts = 'authenticationContextClassReferences';
  watch.allow(new RegExp(`403 .*${contexts}`));
  await tenant.setFaults({ path: contexts, effect: { kind: 'refuse', status: 403 } });
  await open(page, tenant);
  for (const name of ['Require ticket information on activation', 'Require justification on activation']) {
    await page.getByRole('checkbox', { name }).click();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  const asked = (await tenant.log()).filter(({ method, url }) => method === 'GET' && url.includes(contexts));
  expect(asked.length).toBe(1);
});

test('contexts that are still being read are said to be, and not to be unreadable', async ({ page, tenant, watch }) => {
  const contexts = 'authenticationContextClassReferences';
  const reading = page.getByText("Reading the tenant's contexts…");
  const unreadable = page.getByText("The tenant's contexts could not be read.");
  const list = page.getByRole('combobox', { name: 'Authentication context', exact: true });
  watch.allow(new RegExp(`403 .*${contexts}`));
  await tenant.setFaults({ path: contexts, effect: { kind: 'refuse', status: 403 } });
  const held = await hold(page, 'GET', contexts);
  await open(page, tenant);
  await held.reached();
  await page.getByRole('radio', { name: 'Microsoft Entra Conditional Access authentication context' }).check();
  await expect(reading).toBeVisible();
  await expect(list).toBeVisible();
  await expect(unreadable).toHaveCount(0);
  await axe(page);
  held.letGo();
  await expect(unreadable).toBeVisible();
  await expect(list).toHaveCount(0);
  const typed = page.getByRole('textbox', { name: 'Authentication context', exact: true });
  await typed.fill('c');
  await axe(page);
  // The field stays while they are read again; what was typed is still chosen, by its name, once they are read.
  await tenant.setFaults();
  held.again();
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await held.reached();
  await expect(reading).toBeVisible();
  await expect(unreadable).toHaveCount(0);
  await expect(typed).toHaveValue('c');
  await typed.fill('c2');
  await axe(page);
  held.letGo();
  await expect(reading).toHaveCount(0);
  await expect(typed).toBeFocused();
  await typed.blur();
  await expect(list).toHaveValue('c2');
  await expect(list.getByRole('option', { name: /Phishing-resistant sign-in/ })).toBeAttached();
});
