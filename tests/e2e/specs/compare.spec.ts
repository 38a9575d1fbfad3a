import type { Page } from '@playwright/test';
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { copied } from '../harness/clipboard';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import { showRoles } from '../harness/roles';

const GROUP = 'Tier-0 Operators';

const row = (page: Page, setting: string) => page.getByRole('row').filter({ hasText: setting });

test('members and owners are compared from the policy page, swapped, shown whole, and bookmarked', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('link', { name: 'Compare…' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare policies' })).toBeVisible();
  await expect(page).toHaveURL(`${APP}#/compare?left=groups/${id}/member&right=groups/${id}/owner`);
  await expect(page.getByRole('region', { name: 'Left' })).toContainText(`${GROUP} (members)`);
  await expect(page.getByRole('region', { name: 'Right' })).toContainText(`${GROUP} (owners)`);
  const duration = row(page, 'Activation maximum duration (hours)');
  await expect(duration.getByRole('cell').nth(0)).toContainText('4 h');
  await expect(duration.getByRole('cell').nth(0)).toContainText('stricter');
  await expect(duration.getByRole('cell').nth(1)).toContainText('8 h');
  await expect(page.getByText(/\d+ of 41 settings differ; .*stricter in/)).toBeVisible();
  const differing = await page.getByRole('row').count();
  await axe(page);

  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(page).toHaveURL(`${APP}#/compare?left=groups/${id}/owner&right=groups/${id}/member`);
  await expect(duration.getByRole('cell').nth(1)).toContainText('stricter');

  await page.getByRole('link', { name: 'All settings' }).click();
  await expect(page).toHaveURL(/show=all$/);
  await expect(page.getByRole('row')).toHaveCount(41 + 3);
  expect(differing).toBeLessThan(41);
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(41 + 3);

  const csv = await copied(page, () => page.getByRole('button', { name: 'Copy as CSV' }).click());
  expect(csv.trim().split('\r\n')).toHaveLength(1 + 41);
  const text = await copied(page, () => page.getByRole('button', { name: 'Copy as text' }).click());
  expect(text).toContain('Activation maximum duration (hours): 8 h | 4 h (right is stricter)');
});

test('another group is picked for a side by keyboard; the same policy twice has no differences', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  const other = await tenant.group('Network Operators');
  await signIn(page, 'ana', `#/compare?left=groups/${id}/member`);
  await expect(page.getByText('Choose two policies')).toBeVisible();
  await axe(page);
  const search = page.getByRole('combobox', { name: 'Choose the right policy' });
  await search.fill('network');
  await expect(page.getByRole('option', { name: /Network Operators \(owners\)/ })).toBeVisible();
  await axe(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${APP}#/compare?left=groups/${id}/member&right=groups/${other.id}/owner`);
  await expect(page.getByRole('table').first()).toBeVisible();

  await page.goto(`${APP}#/compare?left=groups/${id}/member&right=groups/${id}/member`);
  await expect(page.getByText('Both sides show the same policy')).toBeVisible();
  await expect(page.getByText('No differences: both policies have the same settings.')).toBeVisible();
});

test('a group is compared with a role, whose approval its administrators give', async ({ page, tenant }) => {
  await showRoles(page);
  const { id } = await tenant.group(GROUP);
  await page.goto(`${APP}#/compare?left=groups/${id}/member`);
  await page.getByRole('combobox', { name: 'Choose the right policy' }).fill('groups adm');
  await page.getByRole('option', { name: /^Groups Administrator/ }).click();
  await expect(page).toHaveURL(new RegExp(`#/compare\\?left=groups/${id}/member&right=roles/[0-9a-f-]{36}$`));
  const right = page.getByRole('region', { name: 'Right' });
  await expect(right).toContainText('Groups Administrator');
  await expect(page.getByText(/\d+ of 41 settings differ/)).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(page.getByRole('region', { name: 'Left' })).toContainText('Groups Administrator');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Left' })).toContainText('Groups Administrator');
  await expect(page.getByText(/\d+ of 41 settings differ/)).toBeVisible();
});

test('a side that cannot be read says why; the other stands', async ({ page, tenant, watch }) => {
  watch.allow(/404/);
  const { id } = await tenant.group(GROUP);
  const missing = '00000000-0000-4000-8000-00000000dead';
  await signIn(page, 'ana', `#/compare?left=groups/${id}/member&right=groups/${missing}/member`);
  await expect(page.getByRole('region', { name: 'Left' })).toContainText(`${GROUP} (members)`);
  const right = page.getByRole('region', { name: 'Right' });
  await expect(right.getByText(/not found|returned no policy/).first()).toBeVisible();
  await expect(right.getByRole('button', { name: 'Choose another' })).toBeVisible();
  await axe(page);
});

for (const width of [320, 1280]) {
  test(`axe: comparison and review copies, in each look, ${width} px`, async ({ page, tenant }) => {
    await page.setViewportSize({ width, height: 800 });
    const { id } = await tenant.group(GROUP);
    await signIn(page, 'ana', `#/compare?left=groups/${id}/member&right=groups/${id}/owner&show=all`);
    await expect(page.getByRole('table').first()).toBeVisible();
    await axeInEachLook(page);
    await page.goto(`${APP}#/groups/${id}/member/activation`);
    await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await page.getByRole('dialog').getByText('In plain words').click();
    await page.getByRole('dialog').getByText('Graph calls').click();
    await expect(page.getByRole('dialog').getByText(/^PATCH|GET https/).first()).toBeVisible();
    await axeInEachLook(page);
  });
}

test('what a change found is compared with the policy as it is now', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  const hours = page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
  await hours.fill('3');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.').first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('link', { name: 'Changes' }).click();
  await page.getByRole('row', { name: /Tier-0 Operators/ }).getByRole('link').click();
  await page.getByRole('link', { name: 'Compare before and now' }).click();
  await expect(page).toHaveURL(new RegExp(`#/compare\\?left=changes/[0-9a-f-]+/before&right=groups/${id}/member`));
  await expect(page.getByRole('region', { name: 'Left' })).toContainText(`${GROUP} (members), before the change on`);
  const duration = row(page, 'Activation maximum duration (hours)');
  await expect(duration.getByRole('cell').nth(0)).toContainText('4 h');
  await expect(duration.getByRole('cell').nth(1)).toContainText('3 h');
  await axe(page);
  await page.goto(`${APP}#/compare?left=changes/00000000-0000-4000-8000-000000000000/after&right=groups/${id}/member`);
  await expect(page.getByRole('region', { name: 'Left' })).toContainText('This browser');
});

test('what a rule requires beyond its settings stands at its last field, and is a difference', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  const rule = 'Enablement_Admin_Assignment';
  const { enabledRules } = (await tenant.rule(GROUP, 'member', rule)) as { enabledRules: string[] };
  await tenant.editRule({ group: GROUP, access: 'member', rule, patch: { enabledRules: [...enabledRules, 'Ticketing'] }, by: 'olga' });
  await signIn(page, 'ana', `#/groups/${id}/member/assignment`);
  await expect(page.getByText('Also required; cannot be edited here: Ticketing')).toHaveCount(1);
  await axe(page);
  await page.getByRole('link', { name: 'Compare…' }).click();
  const also = row(page, 'Also required on active assignment (read-only)');
  await expect(also.getByRole('cell').nth(0)).toHaveText('Ticketing');
  await expect(also.getByRole('cell').nth(1)).toHaveText('nothing else');
  await expect(page.getByRole('status').filter({ hasText: 'other requirements that differ: 1' })).toBeVisible();
  await axe(page);
});
