// The page's clock, made to run ahead where the program waits for time to pass.
import { expect, type Locator, type Page } from '@playwright/test';

/** Lets the page's clock run ahead until something is shown. `page.clock.install()` comes before the page is opened. */
export async function hurryTo(page: Page, shown: Locator) {
  await expect(async () => {
    await page.clock.runFor(1_500);
    await expect(shown).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [0], timeout: 60_000 });
}
