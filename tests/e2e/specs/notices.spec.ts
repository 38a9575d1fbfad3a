// Short notices: what was done goes by itself, what the browser did not do stays, and both are told in a dialog too.
import { axe } from '../harness/axe';
import { open } from '../harness/policy';
import { expect, test } from '../harness/test';

test('a copy that the browser refuses is told as that, where the person is', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
  });
  await page.getByRole('button', { name: 'Copy or print policy…' }).click();
  const dialog = page.getByRole('dialog');
  const copy = dialog.getByRole('button', { name: /^Copy/ }).first();
  await copy.click();
  const refused = 'The browser did not allow copying';
  await expect(dialog.getByRole('status').filter({ hasText: refused })).toBeVisible();
  await expect(page.locator('.toast.tone-warn')).toContainText(refused);
  await expect(page.locator('.toast.tone-ok')).toHaveCount(0);
  await axe(page);

  // Tried again with the same end, there is still one notice; where it works, the dialog says that.
  await copy.click();
  await expect(page.locator('.toast')).toHaveCount(1);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.resolve();
  });
  await copy.click();
  await expect(dialog.getByRole('status').filter({ hasText: /copied/i })).toBeVisible();
  await expect(page.locator('.toast.tone-ok')).toHaveCount(1);
  await page.keyboard.press('Escape');

  // The success goes by itself, the refusal when it is dismissed.
  await expect(page.locator('.toast.tone-ok')).toHaveCount(0);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.locator('.toast')).toHaveCount(0);
});
