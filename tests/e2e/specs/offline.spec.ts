// Without a connection nothing can be sent, and the reason is shown at the button.
import type { Locator } from '@playwright/test';
import { axe } from '../harness/axe';
import { hurryTo, installClock } from '../harness/clock';
import { open, review } from '../harness/policy';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

// Other parts of the program may be loading in the background.
const OFFLINE = [/Failed to load resource/, /ERR_INTERNET_DISCONNECTED/, /Failed to fetch/];

const WHY = 'You are offline. You can do this once the connection is back.';
const held = (button: Locator) => expect(button).toHaveAttribute('aria-disabled', 'true');
const free = (button: Locator) => expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 15_000 });

test('changes wait for the connection, and are saved after it', async ({ context, page, tenant, watch }) => {
  watch.allow(...OFFLINE);
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const save = review(page).getByRole('button', { name: 'Save 1 change' });
  await free(save);
  await context.setOffline(true);
  await held(save);
  await expect(review(page)).toContainText(WHY);
  await axe(page);
  await context.setOffline(false);
  await free(save);
  await expect(review(page)).not.toContainText(WHY);
  await save.click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
});

test('a request is not decided without a connection', async ({ context, page, watch }) => {
  watch.allow(...OFFLINE);
  await signIn(page, 'dana', '#/approvals');
  await page.getByRole('link', { name: 'Anton Sato' }).click();
  const approve = page.getByRole('button', { name: /^Approve – Anton Sato/ });
  await free(approve);
  await context.setOffline(true);
  for (const button of [approve, page.getByRole('button', { name: /^Deny/ })]) await held(button);
  await expect(page.getByRole('main')).toContainText(WHY);
  await axe(page);
  await context.setOffline(false);
  await free(approve);
});

test('a policy that could not be read is read when the connection is back', async ({ context, page, tenant, watch }) => {
  watch.allow(...OFFLINE);
  await installClock(page);
  const { id } = await tenant.group('Tier-0 Operators');
  // A policy first: its part of the program is then loaded.
  await open(page, tenant, 'activation', 'ana', 'Network Operators');
  await context.setOffline(true);
  await page.evaluate((address) => (location.hash = address), `#/groups/${id}/member/activation`);
  const failed = page.getByText('Microsoft Graph could not be reached').first();
  await hurryTo(page, failed);
  await context.setOffline(false);
  await expect(page.getByRole('heading', { level: 1, name: 'Tier-0 Operators' })).toBeVisible();
  await expect(failed).toHaveCount(0);
});

test('many are not decided without a connection, and the keyboard stays where it is', async ({ context, page, watch }) => {
  watch.allow(...OFFLINE);
  await signIn(page, 'dana', '#/approvals');
  for (const name of ['Anton Sato', 'Zoë Haddad']) await page.getByRole('checkbox', { name: new RegExp(`^Select ${name}`) }).first().check();
  await page.getByRole('button', { name: 'Deny 2 requests' }).click();
  const dialog = page.getByRole('dialog');
  const words = dialog.getByRole('textbox', { name: 'Justification' });
  const deny = dialog.getByRole('button', { name: 'Deny 2 requests' });
  await dialog.getByRole('checkbox', { name: /different groups or roles/ }).check();
  await words.fill('Not during the freeze');
  await free(deny);
  await context.setOffline(true);
  await held(deny);
  await page.keyboard.press('Control+Enter');
  await expect(words).toBeFocused();
  await expect(dialog).toContainText(WHY);
  await context.setOffline(false);
  await free(deny);
});

test('a request that could not be read is read when the connection is back', async ({ context, page, watch }) => {
  watch.allow(...OFFLINE);
  await installClock(page);
  await signIn(page, 'dana', '#/approvals');
  const link = page.getByRole('link', { name: 'Anton Sato' });
  await expect(link).toBeVisible();
  await context.setOffline(true);
  await link.click();
  const pane = page.locator('.inbox-open');
  const failed = pane.getByText('Microsoft Graph could not be reached').first();
  await hurryTo(page, failed);
  await context.setOffline(false);
  await expect(pane.getByRole('button', { name: /^Approve – Anton Sato/ })).toBeVisible({ timeout: 15_000 });
  await expect(failed).toHaveCount(0);
});
