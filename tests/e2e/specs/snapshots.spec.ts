import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { APP } from '../harness/browser';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';

/** Takes a snapshot of all groups and gives the file that the browser saves. */
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

/** Another administrator lets activations last longer. */
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
  await axe(page);

  await weaken(tenant);
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByText(/^1 policy changed \(1 high, 0 medium, 0 low\)/)).toBeVisible({ timeout: 15_000 });
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

test('a file dropped on the page opens; damaged ones are told with their place and nothing is kept', async ({ page }) => {
  await signIn(page, 'ana', '#/snapshots');
  await open(page, '{\n  "kind": "pim-desk.snapshot",\n  "version": }');
  const alert = page.getByRole('region', { name: 'Open a file' }).getByRole('alert');
  await expect(alert).toContainText('Nothing was taken from it');
  await expect(alert).toContainText('Line 3, column 14: not valid JSON');
  await axe(page);
  await open(page, '{"kind":"pim-desk.snapshot","version":1,"tenant":"x","policies":[{"subject":"users/1","rules":[1]}]}');
  await expect(alert).toContainText('tenant: must be an id');
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
  await expect(page.getByText('This snapshot is of another tenant')).toBeVisible();
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
  await expect(page.getByRole('row', { name: new RegExp(`${GROUP} \\(members\\)`) })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('row', { name: /Network Operators \(owners\)/ })).toBeVisible();
  await expect(page.getByText(/GroupRoles\.Policies\.Nobody\.Member: Nobody \(member\): not found/)).toBeVisible();
  await expect(page.getByText(/Odd is not known; left out/)).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Review changes for 2 policies' }).click();
  await expect(page).toHaveURL(`${APP}#/rollout`);
});

for (const width of [320, 1280]) {
  for (const look of ['light', 'dark', 'forced colours'] as const) {
    test(`axe: what changed, ${width} px, ${look}`, async ({ page, tenant }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({
        colorScheme: look === 'dark' ? 'dark' : 'light',
        forcedColors: look === 'forced colours' ? 'active' : 'none',
      });
      await signIn(page, 'ana', '#/snapshots');
      await expect(page.getByRole('button', { name: 'Take snapshot' })).toBeVisible();
      await axe(page);
      const file = await take(page);
      await weaken(tenant);
      await open(page, file);
      await expect(page.getByRole('row', { name: /Activation maximum duration/ })).toBeVisible({ timeout: 15_000 });
      await axe(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });
  }
}
