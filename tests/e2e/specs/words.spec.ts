import { type Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { copied } from '../harness/clipboard';
import { installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const GROUP = 'Tier-0 Operators';

async function open(page: Page, tenant: Tenant) {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByRole('heading', { level: 1, name: GROUP })).toBeVisible();
}

const words = (page: Page) => page.getByRole('region', { name: 'In plain words' });

test('the policy is told in words, follows the edits, and can be copied', async ({ page, tenant }) => {
  await open(page, tenant);
  await expect(words(page)).toContainText('A member may activate for up to 4 hours, with MFA and a justification');
  await expect(words(page)).toContainText('Dana Ruiz or a member of Tier-0 Approvers must approve');
  const copyText = () => page.getByRole('button', { name: 'Copy text' }).click();
  expect(await copied(page, copyText)).toMatch(/^Tier-0 Operators \(members\)\nA member may activate for up to 4 hours/);
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).uncheck();
  await expect(words(page)).toContainText('nobody has to approve');
  await expect(words(page)).toContainText('with your unsaved changes');
  await axe(page);
  const text = await copied(page, copyText);
  expect(text).toMatch(/^Tier-0 Operators \(members\)\nWith unsaved changes: not what is stored\.\nA member may activate for up to 4 hours/);
});

test('the review tells the text before and after, what stays, and the calls in four forms', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const review = page.getByRole('dialog', { name: /^Review/ });
  await expect(review).toContainText('40 other settings stay as they are.');
  await review.getByText('In plain words').click();
  await expect(review.getByText(/with MFA and a justification;/)).toBeVisible();
  await expect(review.getByText(/with MFA, a justification and a ticket;/)).toBeVisible();
  await review.getByText('Graph calls').click();
  const shown = review.locator('pre');
  await expect(shown).toContainText('PATCH https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/');
  await expect(shown).toContainText('"Ticketing"');
  for (const [form, mark] of [
    ['PowerShell', 'Invoke-MgGraphRequest -Method PATCH'],
    ['Python', 'import requests'],
    ['Terraform', 'azuread_group_role_management_policy'],
  ] as const) {
    await review.getByRole('radio', { name: form }).check();
    await expect(shown).toContainText(mark);
    const text = await copied(page, () => review.getByRole('button', { name: `Copy ${form}` }).click());
    expect(text).toContain(mark);
    expect(text).not.toContain('eyJ');
  }
});

test('the whole policy is copied as JSON with every rule, and printed', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('button', { name: 'Copy or print policy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'This policy for other tools' });
  const json = await copied(page, () => dialog.getByRole('button', { name: 'Copy JSON' }).click());
  const file = JSON.parse(json) as { scopeType: string; roleDefinitionId: string; policy: { rules: { id: string }[] } };
  expect(file.scopeType).toBe('Group');
  expect(file.roleDefinitionId).toBe('member');
  expect(file.policy.rules.length).toBeGreaterThanOrEqual(17);
  await axe(page);

  await page.evaluate(() => {
    window.print = () => {
      document.documentElement.dataset.printed = document.querySelector('.print-sheets')?.textContent ?? '';
    };
  });
  await dialog.getByRole('button', { name: 'Print members and owners' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.printed ?? '')).toContain('(owners)');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { name: `${GROUP} (members)` })).toBeVisible();
  await expect(page.getByRole('heading', { name: `${GROUP} (owners)` })).toBeVisible();
  await expect(dialog).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.print-sheets')).toHaveCount(0);
});

test('the browser’s own printing prints both policies with all their values, not the form', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByRole('checkbox', { name: 'Require justification on activation' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  const sheets = page.locator('.print-sheets section');
  await expect(sheets).toHaveCount(2);
  const about = sheets.first().getByText(/^Tenant [0-9a-f-]{36}\. Printed by Ana/);
  await expect(about).toBeVisible();
  await expect(about).toContainText(`Address: ${page.url()}`);
  await expect(sheets.first().getByText(/^Read from Microsoft Graph .*\d{4}/)).toBeVisible();
  await expect(sheets.first().getByRole('row', { name: /Require justification on activation yes/ })).toBeVisible();
  await expect(page.getByRole('checkbox').first()).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(sheets).toHaveCount(0);
});

test('a copy is as old as the reading it is of', async ({ page, tenant }) => {
  await installClock(page);
  await open(page, tenant);
  await expect(words(page)).toContainText('A member may activate');
  await page.clock.fastForward(20 * 60_000);
  await page.getByRole('button', { name: 'Copy or print policy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'This policy for other tools' });
  const json = await copied(page, () => dialog.getByRole('button', { name: 'Copy JSON' }).click());
  const { takenAt } = JSON.parse(json) as { takenAt: string };
  const now = await page.evaluate(() => Date.now());
  expect(now - Date.parse(takenAt)).toBeGreaterThanOrEqual(19 * 60_000);
});

test('names stand in the words as soon as they stand at their fields', async ({ page, tenant }) => {
  const names = await hold(page, 'POST', '/directoryObjects/getByIds');
  await open(page, tenant);
  await names.reached();
  await expect(words(page)).toContainText('must approve');
  await expect(words(page)).not.toContainText('Dana Ruiz');
  const seen = page.evaluate(async () => {
    const has = (selector: string) => document.querySelector(selector)?.textContent?.includes('Dana Ruiz') ?? false;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    while (!has('.chips')) await frame();
    await frame();
    return has('.in-words');
  });
  names.letGo();
  expect(await seen).toBe(true);
});
