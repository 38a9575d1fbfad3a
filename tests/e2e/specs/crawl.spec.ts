// Random, with a fixed seed: back and forth between the views, as fast as a person can.
import { APP } from '../harness/browser';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const STEPS = 80;

test('going to and fro without waiting ends at the view that the address names', async ({ page, tenant }) => {
  test.slow();
  const { id } = await tenant.group('Tier-0 Operators');
  const policy = `#/groups/${id}/member/activation`;
  const routes = ['#/groups', policy, `#/groups/${id}/owner/notification`, '#/approvals', '#/approvals/history', '#/matrix', '#/changes'];
  routes.push('#/help', '#/dead-ends', '#/report', '#/templates', '#/snapshots', '#/compare', '#/nowhere', '#/roles', '#/groups?q=tier');
  await signIn(page, 'ana', '#/help');
  const title = page.locator('#page-title');
  await expect(title).toHaveText('Help');
  let seed = 7;
  const below = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * most);
  };
  // The sign-in is before the first view in the history.
  const home = async () => {
    if (page.url().startsWith(APP)) return;
    await page.goto(`${APP}#/help`);
    await title.waitFor();
  };
  for (let step = 0; step < STEPS; step += 1) {
    const route = routes[below(routes.length)] ?? '#/help';
    const way = below(3);
    const go = ([way, route]: readonly [number, string]) => {
      if (way === 0) location.hash = route;
      else if (way === 1) history.back();
      else history.forward();
    };
    await page.evaluate(go, [way, route] as const).catch(() => {}); // the step can leave the page
    await page.waitForTimeout(below(2) * 150 + 20);
    await home();
  }
  // The last step may take its time, and names come late.
  let shown = '';
  const moved = async () => {
    const before = shown;
    shown = await page.evaluate(() => `${location.href} ${document.title}`).catch(() => '');
    return before !== shown || (await page.locator('.skeleton').count()) > 0;
  };
  await expect.poll(moved, { intervals: [1_000] }).toBe(false);
  await home();
  const last = new URL(page.url()).hash;
  shown = await page.title();
  await page.goto('about:blank');
  await page.goto(APP + last);
  await title.waitFor();
  await expect(page).toHaveTitle(shown);
  await expect(page.locator('#stopped')).toBeHidden();
});
