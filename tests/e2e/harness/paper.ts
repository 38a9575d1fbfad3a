// What is printed.
import { expect, type Locator, type Page } from '@playwright/test';

/**
 * All rows are printed, although the screen shows the first 50, and the page says whose it is and when it was printed.
 */
export async function goesOnPaper(page: Page, rows: Locator, all: number) {
  await expect(rows).toHaveCount(50, { timeout: 20_000 });
  const about = page.getByText(/^Tenant [0-9a-f-]{36}\. Printed by Ana/);
  await expect(about).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(about).toContainText(`Address: ${page.url()}`);
  await expect(about).toBeVisible();
  await expect(rows).toHaveCount(all);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(rows).toHaveCount(50);
}
