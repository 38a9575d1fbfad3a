import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { APP } from '../harness/browser';
import { hold } from '../harness/hold';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const TARGETS = ['Network Operators', 'Incident Responders'];

const list = (page: Page) => page.getByRole('textbox', { name: 'Paste IDs or names' });

/** Pastes IDs, and holds back their lookup. */
async function paste(page: Page, ids: string[]) {
  await page.getByText('Paste IDs or names').first().click();
  await list(page).fill(ids.join('\n'));
  const held = await hold(page, 'POST', '/getByIds', (call) => (call.postData() ?? '').includes(ids[0]));
  await page.getByRole('button', { name: 'Add these' }).click();
  await held.reached();
  return held;
}

test('a list that is looked up holds the plan back, and joins no copy that was begun after it', async ({ page, tenant }) => {
  const ids = await Promise.all(TARGETS.map(async (name) => (await tenant.group(name)).id));
  await signIn(page, 'ana', '#/rollout');
  const held = await paste(page, ids);
  await expect(page.getByRole('button', { name: 'Show the plan' })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('button', { name: 'Show the plan' })).toHaveAccessibleDescription('The pasted list is still being looked up.');
  await axe(page);
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(list(page)).toHaveValue('');
  const late = page.waitForResponse((answer) => answer.url().includes('/getByIds'));
  held.letGo();
  await late;
  // The next list is looked up at once, and then only its own policies are there.
  await list(page).fill(ids[1]);
  await page.getByRole('button', { name: 'Add these' }).click();
  await expect(page.getByText('1 policy is chosen.')).toBeVisible();
  await expect(page.getByText(`${TARGETS[0]} (members)`)).toHaveCount(0);
  await page.goto(`${APP}#/groups/${ids[0]}/member/activation`);
  await page.getByRole('button', { name: 'Copy settings to…' }).click();
  await expect(page.getByRole('region', { name: '1. From' })).toContainText(`${TARGETS[0]} (members)`);
  await expect(page.getByText('1 policy is chosen.')).toBeVisible();
});

test('what is typed while a long list is looked up stays', async ({ page }) => {
  const ids = Array.from({ length: 1_005 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
  await signIn(page, 'ana', '#/rollout');
  const held = await paste(page, ids);
  await list(page).fill('Payment Platform Deployers');
  held.letGo();
  await expect(page.getByText('0 policies found, 1000 not.', { exact: true }).first()).toBeVisible();
  await expect(list(page)).toHaveValue('Payment Platform Deployers');
});

test('looking a list up can be given up: the list stays and the plan is free', async ({ page, tenant }) => {
  const ids = await Promise.all(TARGETS.map(async (name) => (await tenant.group(name)).id));
  await signIn(page, 'ana', '#/rollout');
  const held = await paste(page, ids);
  const [plan, stop] = ['Show the plan', 'Cancel the lookup'].map((name) => page.getByRole('button', { name }));
  await stop.focus();
  await page.keyboard.press('Enter');
  await expect(stop).toHaveCount(0);
  await expect(page.locator('main :focus')).toBeVisible();
  await expect(list(page)).toHaveValue(ids.join('\n'));
  await expect(plan).toHaveAccessibleDescription('Choose what to copy from.');
  // Emptying the field cancels the lookup as well.
  await page.getByRole('button', { name: 'Add these' }).click();
  await held.reached(2);
  await expect(stop).toBeVisible();
  await list(page).fill('');
  await expect(stop).toHaveCount(0);
  await expect(plan).toHaveAccessibleDescription('Choose what to copy from.');
  const late = page.waitForResponse((answer) => answer.url().includes('/getByIds'));
  held.letGo();
  await late;
  await expect(page.getByText('No policy is chosen yet.')).toBeVisible();
});
