import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { goesOnPaper } from '../harness/paper';
import { plan, send } from '../harness/plan';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';

/** How often names were looked up; the inbox and the frame also read people and groups in the background. */
const lookUps = async (tenant: Tenant, names: RegExp) =>
  (await tenant.log()).filter(({ method, url, body }) => method !== 'OPTIONS' && names.test(decodeURIComponent(url) + body)).length;

/** Takes a snapshot of all groups and returns the file that the browser saves. */
async function take(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  const save = page.getByRole('button', { name: 'Save file' });
  await expect(save).toBeVisible({ timeout: 15_000 });
  const waiting = page.waitForEvent('download');
  await save.click();
  return readFileSync(await (await waiting).path(), 'utf8');
}

const open = (page: Page, text: string, name = 'kept.json') =>
  page.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

/** Another administrator allows longer activations. */
async function weaken(tenant: Tenant) {
  const { id } = await tenant.group(GROUP);
  const edit = { group: id, access: 'member', by: 'olga' };
  await tenant.editRule({ ...edit, rule: 'Expiration_EndUser_Assignment', patch: { maximumDuration: 'PT12H' } });
}

test('a snapshot is taken, somebody changes a policy, the file tells it, and the way back is proposed', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/snapshots');
  await expect(page.getByRole('heading', { level: 1, name: 'Snapshots' })).toBeVisible();
  const file = await take(page);
  const kept = JSON.parse(file);
  expect(kept.kind).toBe('pim-desk.snapshot');
  expect(kept.complete).toBe(true);
  expect(kept.takenBy).toBeUndefined();
  expect(file).not.toMatch(/eyJ|token/i);

  await open(page, file);
  await expect(page.getByText(/^Nothing changed: \d+ policies as they were\.$/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(/^Compared at .*\.$/)).toBeVisible();
  await axe(page);

  await weaken(tenant);
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByText(/^1 policy changed \(differences: 1 high, 0 medium, 0 low\)/)).toBeVisible({ timeout: 15_000 });
  const row = page.getByRole('row', { name: /Activation maximum duration/ });
  await expect(row).toContainText('4 h');
  await expect(row).toContainText('12 h');
  await expect(page.getByText(/^Last changed .* by Olga/)).toBeVisible();
  await page.getByLabel('Severity').selectOption('low');
  await expect(page).toHaveURL(`${APP}#/snapshots?severity=low`);
  await expect(page.getByText('No change matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all changes' }).click();
  await axe(page);

  const restore = page.getByRole('button', { name: /^Review restore/ });
  await expect(restore).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('checkbox', { name: 'Restore Activation maximum duration (hours)' }).check();
  await page.getByRole('button', { name: 'Review restore of 1 setting' }).click();
  await expect(page).toHaveURL(`${APP}#/rollout`);
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toEqual([]);
});

test('snapshot, change, drift, restore: the change is sent, and the drift is gone', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  const held = async () => (await tenant.rule(GROUP, 'member', 'Expiration_EndUser_Assignment')) as { maximumDuration: string };
  const before = await held();
  await signIn(page, 'ana', '#/snapshots');
  const file = await take(page);
  await weaken(tenant);
  await open(page, file);
  await expect(page.getByText(/^1 policy changed \(differences: 1 high/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('checkbox', { name: 'Restore Activation maximum duration (hours)' }).check();
  await page.getByRole('button', { name: 'Review restore of 1 setting' }).click();
  await expect(plan(page).getByText(/1 policy would be changed/)).toBeVisible({ timeout: 20_000 });
  await send(page, /^Change 1 policy/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await expect(page.getByRole('heading', { level: 1, name: /^Restore to the snapshot of/ })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: GROUP }).getByText('saved', { exact: true })).toBeVisible();
  expect((await held()).maximumDuration).toBe(before.maximumDuration);
  expect((await tenant.log()).filter(({ method }) => method === 'PATCH')).toHaveLength(1);

  // After a reload, with the same file, the page finds no changes.
  await page.goto(`${APP}#/snapshots`);
  await page.reload();
  await open(page, file);
  await expect(page.getByText(/^Nothing changed: \d+ policies as they were\.$/)).toBeVisible({ timeout: 20_000 });
});

test('a rule that is open does not open that of another policy under another filter', async ({ page, tenant }) => {
  const names = [GROUP, 'Network Operators'];
  await signIn(page, 'ana', '#/snapshots');
  const file = await take(page);
  for (const name of names) {
    await tenant.editRule({ group: name, access: 'member', rule: 'Expiration_EndUser_Assignment', patch: { oddity: true }, by: 'olga' });
  }
  await open(page, file);
  const changed = page.locator('.snapshot-changed');
  await expect(changed).toHaveCount(2, { timeout: 15_000 });
  await changed.filter({ hasText: names[0] }).locator('summary').click();
  await expect(changed.filter({ hasText: names[0] }).locator('pre')).toHaveCount(2);
  await page.getByRole('search').getByRole('searchbox').fill(names[1]);
  await expect(changed).toHaveCount(1);
  await expect(changed).toContainText(names[1]);
  await expect(changed.locator('details[open]')).toHaveCount(0);
});

test('all that changed goes on paper, with tenant and time, however the printing is asked for', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/snapshots');
  const kept = JSON.parse(await take(page));
  await weaken(tenant);
  // Sixty policies that are gone since then: more than are shown at first.
  for (let at = 0; at < 60; at += 1) {
    const id = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    kept.policies.push({ ...kept.policies[0], subject: `groups/${id}/member` });
  }
  await open(page, JSON.stringify(kept));
  const changed = page.locator('.snapshot-changed');
  await goesOnPaper(page, changed, 61);
});

test('a file dropped on the page opens; damaged ones are told with their place and nothing is kept', async ({ page }) => {
  await signIn(page, 'ana', '#/snapshots');
  await open(page, '{\n  "kind": "pim-desk.snapshot",\n  "version": }');
  const alert = page.getByRole('region', { name: 'Open a file' }).getByRole('alert');
  await expect(alert).toContainText('Nothing was taken from it');
  await expect(alert).toContainText('Line 3, column 14: not valid JSON');
  await axe(page);
  await open(page, '{"kind":"pim-desk.snapshot","version":1,"tenant":"x","policies":[{"subject":"users/1","rules":[1]}]}');
  await expect(alert).toContainText('tenant: must be an ID');
  await expect(alert).toContainText('policies[0].rules[0]: must be an object.');
  await page.getByRole('button', { name: 'Close file' }).click();
  await expect(alert).toHaveCount(0);

  const other = { kind: 'pim-desk.snapshot', version: 1, tenant: '00000000-0000-4000-8000-00000000dead' };
  const text = JSON.stringify({ ...other, takenAt: '2026-01-01T00:00:00Z', whole: [], complete: true, policies: [] });
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'other.json'));
    const tell = (kind: string) =>
      document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
    tell('dragover');
    tell('drop');
  }, text);
  await expect(page.getByText('This snapshot is from another tenant')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Review restore/ })).toHaveCount(0);
  await axe(page);
});

test('settings of EasyPIM are matched, the rest is listed with its place, and a rollout is proposed', async ({ page, tenant }) => {
  const { id } = await tenant.group('Network Operators');
  await signIn(page, 'ana', '#/snapshots');
  const config = {
    PolicyTemplates: { Short: { ActivationDuration: 'PT1H', ActivationRequirement: 'MultiFactorAuthentication' } },
    GroupRoles: {
      Policies: { [GROUP]: { Member: { Template: 'Short' } }, [id]: { Owner: { Template: 'Short', Odd: 1 } }, Nobody: { Member: {} } },
    },
    Assignments: {},
  };
  await open(page, JSON.stringify(config), 'pim-config.json');
  await expect(page.getByText('The file contains settings for 3 policies; 2 names in it must be looked up in the directory.')).toBeVisible();
  await expect(page.getByText(/Odd is not known; left out/)).toBeVisible();
  expect(await lookUps(tenant, /Nobody/)).toBe(0);
  await axe(page);
  await page.getByRole('button', { name: 'Look up groups and names' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`${GROUP} \\(members\\)`) })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('row', { name: /Network Operators \(owners\)/ })).toBeVisible();
  await expect(page.getByText(/GroupRoles\.Policies\.Nobody\.Member: Nobody \(member\): not found/)).toBeVisible();
  expect(await lookUps(tenant, /Nobody/)).toBeGreaterThan(0);
  await expect(page.getByText(/Odd is not known; left out/)).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Review changes for 2 policies' }).click();
  await expect(page).toHaveURL(`${APP}#/rollout`);
});

test('where a file does not say members or owners the page asks', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', '#/snapshots');
  await open(page, JSON.stringify({ PolicyID: `Group_${id}_${id}`, ActivationDuration: 'PT1H' }), 'policy.json');
  await page.getByRole('button', { name: 'Look up groups and names' }).click();
  await expect(page.getByText('say above whether members or owners are meant.')).toBeVisible({ timeout: 15_000 });
  await axe(page);
  const asks = page.getByRole('group', { name: /whether members or owners are meant/ });
  await asks.getByRole('radio', { name: 'Owners' }).check();
  await expect(page.getByRole('row', { name: new RegExp(`${GROUP} \\(owners\\)`) })).toBeVisible();
  await expect(page.getByText('say above whether')).toHaveCount(0);
  await asks.getByRole('radio', { name: 'Members' }).check();
  await expect(page.getByRole('row', { name: new RegExp(`${GROUP} \\(members\\)`) })).toBeVisible();
  await page.getByRole('button', { name: 'Review changes for 1 policy' }).click();
  await expect(page).toHaveURL(`${APP}#/rollout`);
});

test('two files at once and hostile ones leave the page as it is', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/snapshots');
  await expect(page.getByLabel('Choose a file')).toBeVisible();
  await page.evaluate(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(['{}'], 'a.json'));
    carried.items.add(new File(['{}'], 'b.json'));
    const tell = (kind: string) =>
      document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
    tell('dragover');
    tell('drop');
  });
  await expect(page.getByText('Open one file at a time; none of them was opened')).toBeVisible();
  const alert = page.getByRole('region', { name: 'Open a file' }).getByRole('alert');
  await open(page, `[${new Array(200_000).fill('0').join(',')}]`);
  await expect(alert).toContainText('and 199950 more faults.', { timeout: 20_000 });
  await expect(alert.getByRole('listitem')).toHaveCount(51);
  await open(page, '{"kind":"pim-desk.snapshot","kind":"x"}');
  await expect(alert).toContainText('kind: appears in the file twice.');
  const names = Array.from({ length: 600 }, (_, at) => `Group ${at},member,PT1H`).join('\n');
  await open(page, `GroupName,Type,ActivationDuration\n${names}\n`, 'many.csv');
  await expect(page.getByText('The file has 600 names of groups and approvers; at most 500 are looked up.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Look up groups and names' })).toHaveCount(0);
  expect(await lookUps(tenant, /Group(%20| )\d/)).toBe(0);
  await axe(page);
});

for (const width of [320, 1280]) {
  test(`axe: what changed, in each look, ${width} px`, async ({ page, tenant }) => {
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, 'ana', '#/snapshots');
    await expect(page.getByRole('button', { name: 'Take snapshot' })).toBeVisible();
    await axeInEachLook(page);
    const file = await take(page);
    await weaken(tenant);
    await open(page, file);
    await expect(page.getByRole('row', { name: /Activation maximum duration/ })).toBeVisible({ timeout: 15_000 });
    await axeInEachLook(page);
  });
}
