import type { Page } from '@playwright/test';
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { openRole, showRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const ROLE = 'Exchange Administrator';
const GROUP = 'Tier-0 Operators';

const hours = (page: Page) => page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();

test('roles are shown on the person’s word, found by name and kind, opened by Enter', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/roles');
  await expect(page.getByText('RoleManagement.Read.Directory')).toBeVisible();
  expect((await tenant.log()).filter(({ url }) => url.includes('roleDefinitions'))).toEqual([]);
  await axe(page);
  await page.getByRole('button', { name: 'Show Entra roles' }).click();
  await expect(page.getByRole('heading', { name: 'Custom roles' })).toBeVisible();
  await axe(page);

  await page.getByRole('combobox', { name: 'Show' }).selectOption('Privileged roles');
  await expect(page).toHaveURL(/#\/roles\?show=privileged$/);
  await expect(page.getByRole('link', { name: 'Global Administrator', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Reports Reader' })).toHaveCount(0);
  await page.getByRole('searchbox').fill('zebra');
  await expect(page.getByText('None of the privileged roles matches “zebra”.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  // A filter may hide what was meant, so the text stays.
  await expect(page).toHaveURL(/#\/roles\?q=zebra$/);
  await expect(page.getByText('No role matches “zebra”.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await expect(page).toHaveURL(/#\/roles$/);
  await page.getByRole('searchbox').fill('exchange administrator');
  await expect(page).toHaveURL(/\?q=exchange%20administrator$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: ROLE })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('exchange administrator');
});

test('a role’s policy is changed on the same page, saved, verified, and still there after a reload', async ({ page, tenant }) => {
  await showRoles(page);
  await openRole(page, ROLE);
  await expect(page.getByRole('navigation', { name: 'Role' })).toHaveCount(0);
  await expect(page.getByText('active Privileged Role Administrators and Global Administrators approve')).toBeVisible();
  await axe(page);
  await hours(page).fill('3');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('dialog', { name: `Review 2 changes to ${ROLE}` })).toBeVisible();
  await axe(page);
  await tenant.clearLog();
  await page.getByRole('button', { name: 'Save 2 changes' }).click();
  // Permission to write is requested now; the changes are restored after it.
  const again = page.getByRole('button', { name: 'Sign in to continue' });
  const saved = page.getByRole('dialog').getByText('2 of 2 rules verified.');
  await expect(again.or(saved)).toBeVisible({ timeout: 15_000 });
  if (await again.isVisible()) {
    await again.click();
    await page.getByRole('button', { name: 'Save 2 changes' }).click();
  }
  await expect(saved).toBeVisible({ timeout: 15_000 });
  const sent = (await tenant.log()).filter(({ method }) => method === 'PATCH').map(({ url }) => url);
  expect(sent.map((url) => url.split('/').pop())).toEqual(['Enablement_EndUser_Assignment', 'Expiration_EndUser_Assignment']);
  expect(sent.every((url) => url.includes('/policies/roleManagementPolicies/'))).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: ROLE })).toBeVisible();
  await expect(hours(page)).toHaveValue('3');
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
});

test('a role’s settings are copied to a group: shown first, picked, reviewed, saved', async ({ page, tenant }) => {
  await showRoles(page);
  const { id } = await tenant.group(GROUP);
  await page.goto(`${APP}#/groups/${id}/owner/activation`);
  await hours(page).fill('6');
  await page.getByRole('button', { name: 'Copy settings from…' }).click();
  const dialog = page.getByRole('dialog', { name: `Copy settings to ${GROUP} (owners)` });
  await expect(dialog.getByRole('button', { name: `${GROUP} (members)` })).toBeVisible();
  await axe(page);
  await dialog.getByRole('combobox').fill('groups adm');
  await page.getByRole('option', { name: /^Groups Administrator/ }).click();
  await expect(dialog.getByText('From Groups Administrator')).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: 'Require approval to activate' })).toBeChecked();
  // What the person typed is not replaced unless they say so.
  const duration = dialog.getByRole('checkbox', { name: 'Activation maximum duration (hours)' });
  await expect(duration).not.toBeChecked();
  await expect(dialog.getByText('replaces your unsaved change')).toBeVisible();
  await expect(dialog.getByText('The role uses its default approvers.')).toBeVisible();
  await axe(page);
  await dialog.getByRole('button', { name: /^Copy \d+ settings?$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: 'Require approval to activate' })).toBeChecked();
  await expect(hours(page)).toHaveValue('6');
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toEqual([]);
  // A group needs its own approvers, which the field says before anything can be saved.
  await expect(page.getByText('No approver is selected: nobody could approve.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Add approver' }).fill('dana');
  await page.getByRole('option', { name: /Dana Ruiz/ }).click();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: /^Save \d+ changes$/ }).click();
  await expect(page.getByRole('dialog').getByText(/^(\d+) of \1 rules verified\.$/)).toBeVisible({ timeout: 20_000 });
  const rule = (await tenant.rule(GROUP, 'owner', 'Approval_EndUser_Assignment')) as { setting: { isApprovalRequired: boolean } };
  expect(rule.setting.isApprovalRequired).toBe(true);
});

test('who may only read a role sees values and is told whom to ask', async ({ page }) => {
  await showRoles(page, 'rhea');
  await openRole(page, 'Global Administrator');
  await expect(page.getByText('You can probably only read this policy')).toBeVisible();
  await expect(page.getByText('Who can change it: Privileged Role or Global Administrator.')).toBeVisible();
  const copy = page.getByRole('button', { name: 'Copy settings from…' });
  await expect(copy).toHaveAccessibleDescription('This policy is shown for reading only.');
  await expect(copy).toHaveAttribute('aria-disabled', 'true');
  await axe(page);
});

test('who may not read policies of roles is told who may', async ({ page }) => {
  await showRoles(page, 'otto');
  await page.getByRole('link', { name: 'Global Reader', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Global Reader' })).toBeVisible();
  await expect(page.getByText('You may not read the policies of Entra roles')).toBeVisible();
  await axe(page);
});

test('a wish that was taken back is not brought back by a later sign-in, whatever its token carries', async ({ page, tenant, watch }) => {
  watch.allow(/400 .*\/token/); // the silent attempt, which the sign-in service refuses
  const read = [
    'User.Read', 'User.ReadBasic.All', 'GroupMember.Read.All', 'PrivilegedAccess.Read.AzureADGroup',
    'RoleManagementPolicy.Read.AzureADGroup', 'PrivilegedAssignmentSchedule.Read.AzureADGroup', 'AuthenticationContext.Read.All',
    'RoleManagement.Read.Directory', 'RoleManagementPolicy.Read.Directory',
  ];
  await tenant.reset({ consented: read, grantsAll: true });
  await showRoles(page);
  await page.getByRole('button', { name: 'Stop asking' }).click();
  const show = page.getByRole('button', { name: 'Show Entra roles' });
  await expect(show).toBeVisible();
  const { id } = await tenant.group(GROUP);
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await page.getByRole('button', { name: 'Sign in to continue' }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.waitForURL(`${APP}**`);
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  await page.goto(`${APP}#/roles`);
  await expect(show).toBeVisible();
});

for (const width of [320, 1280]) {
  test(`roles are within reach in each look, ${width} px`, async ({ page, tenant }) => {
    test.slow(); // four views, each checked completely
    await page.setViewportSize({ width, height: 800 });
    const { id } = await tenant.group(GROUP);
    await signIn(page, 'ana', '#/roles');
    await expect(page.getByRole('button', { name: 'Show Entra roles' })).toBeVisible();
    await axeInEachLook(page);
    await page.getByRole('button', { name: 'Show Entra roles' }).click();
    await expect(page.getByRole('heading', { name: 'Built-in roles' })).toBeVisible();
    await axeInEachLook(page);
    await openRole(page, 'Global Administrator');
    await expect(hours(page)).toBeVisible();
    await axeInEachLook(page);
    await page.goto(`${APP}#/groups/${id}/member/activation`);
    await page.getByRole('button', { name: 'Copy settings from…' }).click();
    await page.getByRole('button', { name: `${GROUP} (owners)` }).click();
    await expect(page.getByRole('button', { name: /^Copy \d+ settings$/ })).toBeVisible();
    await axeInEachLook(page);
  });
}
