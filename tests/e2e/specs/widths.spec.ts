// Windows between a phone and a full screen: a tablet, half a screen. Nothing overflows the page, and no text is
// squeezed into a column of letters.
import type { Page } from '@playwright/test';
import { laidOut } from '../harness/layout';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import { views } from '../harness/views';

const WIDTHS = [700, 768, 899, 900, 960, 1100, 1179, 1180, 1239, 1240];

async function holds(page: Page) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await laidOut(page, `at ${width} px`);
  }
}

for (const [name, person, address, ready] of views) {
  test(`${name} at every width between a phone and a full screen`, async ({ page }) => {
    await signIn(page, person, address);
    await ready(page);
    await holds(page);
  });
}

test('a policy with changes, in each of its tabs, at every width between a phone and a full screen', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).uncheck();
  await page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first().fill('23');
  await expect(page.getByText('3 changes, 2 weaken security')).toBeVisible();
  await holds(page);
  for (const tab of ['Assignment', 'Notification']) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('link', { name: tab, exact: true }).click();
    await expect(page.getByRole('link', { name: tab, exact: true })).toHaveAttribute('aria-current', 'page');
    await holds(page);
  }
});
