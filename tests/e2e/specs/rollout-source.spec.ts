import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { choose, plan, send, show, SOURCE } from '../harness/plan';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const TARGETS = ['Network Operators', 'Incident Responders'];
const ACTIVATION = 'Expiration_EndUser_Assignment';
const CHANGED = 'The source has changed since you chose from it';

const edit = (tenant: Tenant, maximumDuration: string) =>
  tenant.editRule({ group: SOURCE, access: 'member', rule: ACTIVATION, patch: { maximumDuration }, by: 'olga' });

const settings = (page: Page) => page.getByRole('region', { name: '2. Settings' });

test('the targets get what the source has when the plan is read, and the plan says what became of it', async ({ page, tenant }) => {
  test.setTimeout(90_000);
  await edit(tenant, 'PT5H');
  await choose(page, tenant, TARGETS);
  await expect(settings(page).getByText('5 h', { exact: true })).toBeVisible();
  await edit(tenant, 'PT3H');
  await show(page);
  await expect(plan(page).getByText(CHANGED)).toBeVisible();
  await expect(plan(page).getByText('Activation maximum duration (hours): now 3 h, before 5 h')).toBeVisible();
  await axe(page);

  // Reading again reads the source too.
  await edit(tenant, 'PT6H');
  await plan(page).getByRole('button', { name: 'Read again' }).click();
  await expect(plan(page).getByText('Activation maximum duration (hours): now 6 h, before 5 h')).toBeVisible();
  await send(page, /^Change 2 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  for (const name of TARGETS) expect(await tenant.rule(name, 'member', ACTIVATION)).toMatchObject({ maximumDuration: 'PT6H' });
});

test('a source that was changed meanwhile is shown as it is when the person comes back', async ({ page, tenant }) => {
  await edit(tenant, 'PT5H');
  await choose(page, tenant, TARGETS);
  await page.getByRole('region', { name: '1. From' }).getByRole('link', { name: SOURCE }).click();
  await expect(page.getByRole('heading', { level: 1, name: SOURCE })).toBeVisible();
  await edit(tenant, 'PT3H');
  await page.goBack();
  await expect(settings(page).getByText('Activation maximum duration (hours): now 3 h, before 5 h')).toBeVisible();
  await axe(page);
  await settings(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(settings(page).getByText(CHANGED)).toHaveCount(0);
  await show(page);
  await expect(plan(page).getByText(CHANGED)).toHaveCount(0);
});

test('no plan is made of a source that cannot be read again, and what was selected stays', async ({ page, tenant, watch }) => {
  watch.allow(/status of 403/);
  await choose(page, tenant, TARGETS);
  const ticked = await settings(page).getByText(/settings? selected/).first().textContent();
  const { id } = await tenant.group(SOURCE);
  await tenant.setFaults({ method: 'GET', path: id, effect: { kind: 'refuse', status: 403 } });
  await page.getByRole('button', { name: 'Show the plan' }).click();
  const from = page.getByRole('region', { name: '1. From' });
  await expect(from.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByText('2 policies are chosen.')).toBeVisible();
  await tenant.setFaults();
  await from.getByRole('button', { name: 'Try again' }).click();
  await expect(settings(page).getByText(/settings? selected/).first()).toHaveText(ticked ?? '');
  await show(page);
});
