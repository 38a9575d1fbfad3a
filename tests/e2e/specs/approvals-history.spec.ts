// The history: it says what was not requested, and offers it.
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('without requests for roles the history says so and leads to them', async ({ page }) => {
  await signIn(page, 'dana', '#/approvals/history');
  await expect(page.getByRole('table', { name: 'Requests that ended' })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('Requests for groups only.')).toBeVisible();
  await page.getByRole('button', { name: 'Also show requests for Entra roles' }).click();
  const role = page.getByRole('table', { name: 'Requests that ended' }).getByRole('row').filter({ hasText: /Role [A-Z]/ }).first();
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  await expect(role.or(accept).first()).toBeVisible({ timeout: 15_000 });
  if (await accept.isVisible()) await accept.click();
  await expect(role).toBeVisible({ timeout: 15_000 });
});

test('a history without roles does not say that no request at all has ended', async ({ page }) => {
  await signIn(page, 'ana', '#/approvals/history');
  await expect(page.getByText('No requests for groups ended in the last 30 days.')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('Requests for groups only.')).toBeVisible();
});
