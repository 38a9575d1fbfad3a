// The review of many requests: which justification it offers, and where it leads when something is missing.
import type { Page } from '@playwright/test';
import { withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const open = async (page: Page, ...names: string[]) => {
  await withRoles(page);
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
  for (const name of names) await page.getByRole('checkbox', { name: new RegExp(`^Select ${name}`) }).check();
};

test('what was typed for denying many is not offered for approving them, and waits for the next denial', async ({ page }) => {
  await open(page, 'Zoë Haddad');
  const dialog = page.getByRole('dialog');
  const words = dialog.getByRole('textbox', { name: 'Justification' });
  const review = async (decision: 'Approve' | 'Deny') => {
    await page.getByRole('button', { name: `${decision} 1 request` }).click();
    await expect(dialog).toBeVisible();
  };
  const back = async () => {
    await dialog.getByRole('button', { name: 'Back to the list' }).click();
    await expect(dialog).toBeHidden();
  };
  await review('Deny');
  await expect(dialog.getByText('This is the text you typed before.')).toHaveCount(0);
  await words.fill('Not during the freeze');
  await back();
  await review('Deny');
  await expect(words).toHaveValue('Not during the freeze');
  await expect(dialog.getByText('This is the text you typed before.')).toBeVisible();
  await back();
  await review('Approve');
  await expect(words).toHaveValue('');
  await expect(dialog.getByText('This is the text you typed before.')).toHaveCount(0);
  await words.fill('Change window tonight');
  await back();
  await page.reload();
  await page.getByRole('checkbox', { name: /^Select Zoë Haddad/ }).check();
  await review('Deny');
  await expect(words).toHaveValue('Not during the freeze');
  await expect(dialog.getByText('This is the text you typed before.')).toBeVisible();
  await words.fill('');
  await back();
  await review('Approve');
  await expect(words).toHaveValue('Change window tonight');
});

test('the review of many leads to what is lacking', async ({ page }) => {
  await open(page, 'Zoë Haddad', 'Søren Quispe');
  await page.getByRole('button', { name: 'Deny 2 requests' }).click();
  const dialog = page.getByRole('dialog');
  const words = dialog.getByRole('textbox', { name: 'Justification' });
  const confirmation = dialog.getByRole('checkbox', { name: /different groups or roles/ });
  await expect(words).toBeFocused();
  // Two people may have the same name, so each is shown with the account.
  const effects = dialog.getByRole('list', { name: 'What will happen' }).getByRole('listitem');
  await expect(effects).toContainText([/^Zoë Haddad .*@/, /^Søren Quispe .*@/]);
  await page.keyboard.press('Control+Enter');
  await expect(confirmation).toBeFocused();
  await confirmation.check();
  await dialog.getByRole('button', { name: 'Deny 2 requests' }).click();
  await expect(words).toBeFocused();
  await expect(words).toHaveAccessibleDescription(/Enter a justification to deny\./);
});

test('what a key selects is announced', async ({ page }) => {
  await open(page);
  const heard = page.locator('.unseen[role=status]');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(heard.filter({ hasText: '1 selected' })).toHaveCount(1);
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(heard.filter({ hasText: '2 selected' })).toHaveCount(1);
});

test('words for many are kept until each decision was read back, also for the request itself', async ({ page, tenant }) => {
  await open(page, 'Zoë Haddad');
  await tenant.setFaults({ method: 'PATCH', path: '/stages/', times: 1, effect: { kind: 'neverStored' } });
  await page.getByRole('button', { name: 'Deny 1 request' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
  await dialog.getByRole('button', { name: 'Deny 1 request' }).click();
  await expect(dialog.getByText(/^Microsoft accepted it, but does not show it as denied yet/)).toBeVisible({ timeout: 30_000 });
  await page.reload();
  const list = page.getByRole('table', { name: 'Requests waiting for you' });
  await page.getByRole('checkbox', { name: /^Select Søren Quispe/ }).check();
  await page.getByRole('button', { name: 'Deny 1 request' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Justification' })).toHaveValue('Not during the freeze');
  await dialog.getByRole('button', { name: 'Back to the list' }).click();
  // The denial may still appear: the request is not decided together with others, and its row says why.
  const row = list.locator('tr', { hasText: 'Zoë Haddad' }).first();
  await expect(row).toContainText(/You sent a denial at .*; the result is not known\./);
  await expect(page.getByRole('checkbox', { name: /^Select Zoë Haddad/ })).toHaveCount(0);
  await expect(row.getByRole('button')).toHaveCount(0);
  await row.getByRole('link', { name: /^Open / }).click();
  const form = page.locator('.decide');
  await expect(form.getByText(/^You sent a denial at .*; the result is not known$/)).toBeVisible();
  await expect(form.getByRole('textbox', { name: 'Justification' })).toHaveValue('Not during the freeze');
});
