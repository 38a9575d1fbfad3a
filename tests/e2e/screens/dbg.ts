import { test } from '../harness/test';
import { signIn } from '../harness/sign-in';
test('dbg', async ({ page, tenant }) => {
  await tenant.reset({ groups: 168, groupsInPim: 140 });
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, 'ana', '#/matrix?freeze=1');
  await page.locator('tbody td').first().waitFor();
  await page.waitForTimeout(1500);
  console.log(JSON.stringify(await page.evaluate(() => [...document.querySelectorAll('.grid-heads th')].slice(0, 5).map((e) => [e.className, e.getAttribute('style'), e.getBoundingClientRect().x, getComputedStyle(e).left, getComputedStyle(e).position, (e as HTMLElement).offsetWidth]))));
  console.log(JSON.stringify(await page.evaluate(() => [...document.querySelectorAll('tbody tr:first-child > *')].slice(0, 5).map((e) => [e.className, e.getAttribute('style'), e.getBoundingClientRect().x, getComputedStyle(e).left, getComputedStyle(e).position, (e as HTMLElement).offsetWidth]))));
});
