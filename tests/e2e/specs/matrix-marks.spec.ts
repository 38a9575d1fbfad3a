// What is marked in the matrix, and what it says if nothing can be marked.
import type { Request } from '@playwright/test';
import { hold } from '../harness/hold';
import { withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('two policies of a kind have no majority, and nobody says that they deviate nowhere', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  const other = await tenant.group('Network Operators');
  const body = JSON.stringify({ value: [{ id }, { id: other.id }] });
  await tenant.setFaults({
    path: 'privilegedAccess/group/resources',
    effect: { kind: 'replace', status: 200, contentType: 'application/json', body },
  });
  await signIn(page, 'ana', '#/matrix');
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('4 policies', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Fewer than three policies of a kind have no majority/)).toBeVisible();
  const deviations = page.locator('.grid tbody [aria-colindex="3"]');
  await expect(deviations).toHaveText(['', '', '', '']);
  await expect(page.locator('td:is(.weaker, .stricter, .different)')).toHaveCount(0);
  await deviations.first().click();
  await expect(page.getByRole('dialog')).toContainText('Fewer than three policies of a kind have no majority');
});

test('where policies could not be read, nobody says that they are too few', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  const other = await tenant.group('Network Operators');
  const reply = (status: number, answer: unknown) =>
    ({ kind: 'replace', status, contentType: 'application/json', body: JSON.stringify(answer) });
  await tenant.setFaults(
    { path: 'privilegedAccess/group/resources', effect: reply(200, { value: [{ id }, { id: other.id }] }) },
    { path: `scopeId eq '${other.id}'`, effect: reply(403, { error: { code: 'AccessDenied', message: 'no' } }) },
  );
  await signIn(page, 'ana', '#/matrix');
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('1 of 2 could not be read')).toBeVisible();
  const later = 'The majority is known once all policies are read.';
  await expect(page.getByText(later)).toBeVisible();
  const known = page.locator('.grid tbody tr').filter({ hasText: 'Tier-0 Operators' }).first();
  await known.locator('[aria-colindex="3"]').click();
  await expect(page.getByRole('dialog')).toContainText(later);
  await expect(page.getByText(/^Fewer than three policies/)).toHaveCount(0);
});

test('the rest is read without the roles of groups, unless the reference needs them', async ({ page, tenant }) => {
  await tenant.reset({ groups: 428, groupsInPim: 400 });
  await withRoles(page);
  const reads = (call: Request, what: string) => call.postData()?.includes(what) ?? false;
  const readsRoles = (call: Request) => reads(call, '/directory/roleAssignments?');
  const readsPolicies = (call: Request) => reads(call, 'roleManagementPolicyAssignments');
  let batches = 0;
  const comesLate = (call: Request) => readsPolicies(call) && ++batches > 12;
  const held = await hold(page, 'POST', '/$batch', (call) => readsRoles(call) || comesLate(call));
  await signIn(page, 'ana', '#/matrix?ref=baseline:scuba');
  await expect.poll(() => batches, { timeout: 20_000 }).toBeGreaterThan(12);
  await expect(page.getByText(/^[1-9]\d* of \d+/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  held.letGo();
  await expect(page.getByText(/^Stopped: \d+ of \d+ groups and roles were read\./)).toBeVisible();
  let asked = 0;
  page.on('request', (call) => (asked += Number(readsRoles(call))));
  const reference = page.getByRole('combobox', { name: 'Compare with' });
  await reference.selectOption('majority');
  await page.getByRole('button', { name: 'Read the rest' }).click();
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
  expect(asked).toBe(0);
  await reference.selectOption('baseline:scuba');
  const left = page.getByText(/^The Entra roles of \d+ groups? were not read, because reading was stopped$/);
  await expect(left).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Read the rest' }).click();
  await expect(left).toHaveCount(0);
  expect(asked).toBeGreaterThan(0);
});
