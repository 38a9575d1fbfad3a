// A long list of changes.
import { axe } from '../harness/axe';
import { open } from '../harness/policy';
import { expect, test } from '../harness/test';

test('many changes come in portions that are kept on the way back, and another search begins at the first', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.evaluate(() => {
    const [key, text] = Object.entries(localStorage).find(([name]) => name.startsWith('pim-desk.receipt.')) ?? ['', '{}'];
    const receipt = JSON.parse(text) as { id: string };
    for (let at = 10; at < 70; at += 1) {
      const id = `00000000-0000-4000-8000-0000000000${at}`;
      localStorage.setItem(key.replace(receipt.id, id), JSON.stringify({ ...receipt, id }));
    }
    const newer = '00000000-0000-4000-8000-0000000000f2';
    localStorage.setItem(key.replace(receipt.id, newer), JSON.stringify({ ...receipt, id: newer, version: 2 }));
  });
  await page.reload();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Changes' }).click();
  const rows = page.getByRole('row', { name: /Tier-0 Operators/ });
  const portions = page.getByRole('navigation', { name: 'Pages of the list' });
  await expect(rows).toHaveCount(50);
  await expect(page.getByText(/^1 change in this browser could not be read, perhaps recorded by a newer version/)).toBeVisible();
  await portions.getByRole('button', { name: 'Next' }).click();
  await expect(portions).toContainText('51–61 of 61');
  await expect(rows).toHaveCount(11);
  await axe(page);
  await rows.first().getByRole('link').click();
  await expect(portions).toHaveCount(0);
  await page.goBack();
  await expect(portions).toContainText('51–61 of 61');
  await page.getByRole('searchbox', { name: 'Search changes' }).fill('tier');
  await expect(portions).toContainText('1–50 of 61');
  await page.getByRole('searchbox', { name: 'Search changes' }).fill('8000-000000000010');
  await expect(rows).toHaveCount(1);
  await expect(portions).toHaveCount(0);
});
