import { axe, axeInEachLook } from '../harness/axe';
import { APP, GRAPH } from '../harness/browser';
import { copied } from '../harness/clipboard';
import { hearLate } from '../harness/late';
import { hours, open } from '../harness/policy';
import { showRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('groups are found by name, opened by Enter, and the address follows', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
  await axe(page);
  await page.getByRole('searchbox').fill('tier-0 op');
  await expect(page).toHaveURL(/\?q=tier-0%20op$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Tier-0 Operators' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('tier-0 op');
});

test('the address of a view is copied from its head', async ({ page }) => {
  await signIn(page, 'ana', '#/help');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  const views = { '#/approvals': 'Approvals', '#/approvals/history': 'History', '#/dead-ends': 'Dead ends', '#/report': 'Report' };
  for (const [view, name] of Object.entries(views)) {
    await page.goto(APP + view);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    const copy = page.getByRole('button', { name: 'Copy link', exact: true });
    expect(await copied(page, () => copy.click())).toBe(page.url());
  }
});

test('the address of a search is copied with what was just typed', async ({ page }) => {
  await showRoles(page);
  const copy = page.getByRole('button', { name: 'Copy link', exact: true });
  await expect(copy).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Find a role' }).fill('reader');
  expect(await copied(page, () => copy.click())).toBe(`${APP}#/roles?q=reader`);
  await page.goto(`${APP}#/groups`);
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await expect(copy).toHaveCount(0);
  await page.getByRole('searchbox').fill('tier-0');
  expect(await copied(page, () => copy.click())).toBe(`${APP}#/groups?q=tier-0`);
  await axe(page);
});

test('the address of the list of changes is copied with what is sought', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('button', { name: 'Save 1 change' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.goto(`${APP}#/changes?outcome=saved`);
  await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible();
  const copy = page.getByRole('button', { name: 'Copy link', exact: true });
  expect(await copied(page, () => copy.click())).toBe(`${APP}#/changes?outcome=saved`);
});

test('every list says on paper whose it is, when it was printed and where it stands', async ({ page }) => {
  await signIn(page, 'ana', '#/help');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  const views = {
    '#/groups?q=tier-0': 'Groups',
    '#/roles': 'Roles',
    '#/approvals?q=zo': 'Approvals',
    '#/approvals/history': 'History',
    '#/changes?outcome=saved': 'Changes',
    '#/matrix?q=tier': 'Matrix',
    '#/templates': 'Templates',
  };
  await page.emulateMedia({ media: 'print' });
  for (const [view, name] of Object.entries(views)) {
    await page.goto(APP + view);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const about = page.getByText(/^Tenant [0-9a-f-]{36}\. Printed by Ana/);
    await expect(about).toBeVisible();
    await expect(about).toContainText(`Address: ${APP}${view}`);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  }
});

test('malformed addresses never reach Graph; harmless ones get their one form', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/help');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await axe(page);
  await tenant.clearLog();
  for (const bad of ['#/groups/not-a-guid', '#/groups/%E0%A4%A/member', '#/admin', '#//groups', `#/${'x'.repeat(9_000)}`]) {
    await page.goto(APP + bad);
    await expect(page.getByRole('heading', { name: 'There is no page at this address' })).toBeVisible();
    if (bad.length > 9_000) break;
    await page.goto(`${APP}#/help`);
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  }
  await axe(page);
  // The inbox is read in the background; nothing of these addresses is in what is sent.
  const sent = (await tenant.log()).filter(({ url }) => url.startsWith(GRAPH));
  expect(sent.filter(({ url, body }) => /not-a-guid|%E0|admin|xxxxx|\/groups\//.test(url + body))).toEqual([]);
  const { id } = await tenant.group('Tier-0 Operators');
  await page.goto(`${APP}#/groups/${id.toUpperCase()}/MEMBER/`);
  await expect(page.getByRole('heading', { level: 1, name: 'Tier-0 Operators' })).toBeVisible();
  expect(page.url()).toBe(`${APP}#/groups/${id}/member/activation`);
});

test('a move within the app names the view: title, focus, announcement', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
  await expect(page).toHaveTitle(/Help/);
  await expect(page.locator('[aria-live=polite]').filter({ hasText: 'Help' })).toHaveCount(1);
});

for (const lateMs of [0, 400]) {
  test(`a view gone to begins at its head, one come back to stands where it stood, heard of ${lateMs} ms late`, async ({ page }) => {
    // On a busy machine the browser restores the place before the program has heard that the address changed, and no
    // further than the page that is left is long.
    await hearLate(page, lateMs);
    await showRoles(page);
    const scrolled = () => page.evaluate(() => scrollY);
    const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
    // Both pages were opened once, so that they are as long as they will be at once.
    await goTo('Help');
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
    await goTo('Roles');
    await expect(page.getByRole('heading', { name: 'Built-in roles' })).toBeVisible();
    await expect(page.locator('.skeleton')).toHaveCount(0);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const stood = await scrolled();
    expect(stood).toBeGreaterThan(2_000); // more than the other page has
    await goTo('Help');
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
    await expect.poll(scrolled).toBe(0);
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Built-in roles' })).toBeAttached();
    await expect.poll(scrolled).toBe(stood);
    // Whoever scrolls on is left alone.
    await page.mouse.wheel(0, -600);
    await expect.poll(scrolled).toBeLessThan(stood);
    await goTo('Groups');
    await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeFocused();
    await expect.poll(scrolled).toBe(0);
    await page.goBack();
    await expect.poll(scrolled).toBeGreaterThan(2_000 - 600);
  });
}

test('an address that waits for a pause in typing does not take the place of the one gone to meanwhile', async ({ page }) => {
  await hearLate(page, 800); // longer than it waits
  await signIn(page, 'ana', '#/groups');
  const search = page.getByRole('searchbox');
  await search.fill('tier-0 op');
  await search.evaluate((input: HTMLInputElement) => {
    location.hash = '#/help';
    input.value = 'tier-0 ope';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  expect(page.url()).toBe(`${APP}#/help`);
});

test('a page that is kept for its changes, and another tab of it, stand where they stood', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  await page.setViewportSize({ width: 1280, height: 500 });
  await signIn(page, 'ana', '#/groups');
  const scrolled = () => page.evaluate(() => Math.round(scrollY));
  const goTo = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
  const helpAndBack = async () => {
    await goTo('Help');
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeFocused();
    await expect.poll(scrolled).toBe(0);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: 'Tier-0 Operators' })).toBeAttached();
  };
  await expect(page.locator('.group-row').first()).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await page.evaluate(() => scrollTo(0, 350));
  await expect.poll(scrolled).toBe(350);
  await page.evaluate((hash) => { location.hash = hash; }, `#/groups/${id}/member/activation`);
  const ticket = page.getByRole('checkbox', { name: 'Require ticket information on activation' });
  await ticket.check();
  await page.goBack();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
  await ticket.uncheck(); // may scroll
  await page.evaluate(() => scrollTo(0, 120));
  await expect.poll(scrolled).toBe(120);
  await helpAndBack();
  await expect.poll(scrolled).toBe(120);
  // The place is the other tab's too, though nobody scrolls there.
  await page.evaluate(() => scrollTo(0, 90));
  await expect.poll(scrolled).toBe(90);
  await page.evaluate((hash) => { location.hash = hash; }, `#/groups/${id}/member/assignment`);
  await expect(page.getByRole('checkbox', { name: /^Allow permanent eligible/ })).toBeVisible();
  await helpAndBack();
  await expect.poll(scrolled).toBe(90);
});

for (const width of [320, 360, 1280]) {
  test(`nothing is out of reach in any look at ${width} px`, async ({ page, tenant }) => {
    await page.setViewportSize({ width, height: 800 });
    const { id } = await tenant.group('Tier-0 Operators');
    await signIn(page, 'ana', `#/groups/${id}/member/activation`);
    await expect(page.getByRole('heading', { level: 1, name: 'Tier-0 Operators' })).toBeVisible();
    const views = ['activation', 'assignment', 'notification'].map((tab) => `#/groups/${id}/member/${tab}`);
    for (const route of [...views, '#/groups', '#/approvals', '#/help']) {
      await page.goto(APP + route);
      await expect(page.locator('#page-title')).toBeVisible();
      await expect(page.locator('.skeleton')).toHaveCount(0);
      for (const place of await page.locator('.rail .nav a, .account-button').all()) {
        const box = await place.boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width, await place.getAttribute('aria-label') ?? (await place.innerText())).toBe(true);
      }
      await axeInEachLook(page);
    }
  });
}

test('nothing jumps while a policy opens', async ({ page, tenant }) => {
  await page.addInitScript(() => {
    const kept = globalThis as unknown as { shifted: number };
    kept.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) kept.shifted += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, tenant);
  await hours(page).waitFor();
  // The panel of the start alone once caused a shift of 0.084.
  expect(await page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted)).toBeLessThan(0.05);
});
