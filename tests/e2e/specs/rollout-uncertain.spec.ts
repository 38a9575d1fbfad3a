// The notice about policies for which it is unknown how their saves ended.
import { axe } from '../harness/axe';
import { hold } from '../harness/hold';
import { choose, send, show } from '../harness/plan';
import { expect, test } from '../harness/test';

const TARGETS = ['Network Operators', 'Incident Responders', 'Payment Platform Deployers'];

test('the notice of what is uncertain stays, with the focus in it, while one after another becomes known', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  await choose(page, tenant, TARGETS);
  await show(page);
  await send(page, /^Change 3 policies/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  // This is how receipts are stored if nothing was read back in time.
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(localStorage)) {
      if (key.startsWith('pim-desk.receipt.')) localStorage.setItem(key, text.replaceAll('"end":"verified"', '"end":"notVisibleYet"'));
    }
  });
  await page.reload();
  const notice = page.getByRole('main').getByRole('status').filter({ hasText: 'it is not known whether all of it was saved' });
  await expect(notice).toContainText('In 3 policies', { timeout: 20_000 });
  await expect(notice.getByRole('listitem')).toHaveCount(3);
  await axe(page);
  await notice.evaluate((element) => element.setAttribute('data-same', 'yes'));
  const last = await tenant.group(TARGETS[2]);
  const held = await hold(page, 'GET', last.id);
  const check = notice.getByRole('button', { name: 'Check all that is uncertain' });
  await check.click();
  await held.reached();
  await expect(notice).toContainText('In 1 policy', { timeout: 20_000 });
  await expect(notice.getByRole('listitem')).toHaveText([new RegExp(TARGETS[2])]);
  await expect(notice).toHaveAttribute('data-same', 'yes');
  await expect(check).toBeFocused();
  held.letGo();
  await expect(notice).toHaveCount(0, { timeout: 20_000 });
  await axe(page);
});
