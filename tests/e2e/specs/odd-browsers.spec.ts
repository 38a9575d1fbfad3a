// Browsers that forbid, lack or change what the page relies on.
import { APP } from '../harness/browser';
import { laidOut } from '../harness/layout';
import { hours, open, review } from '../harness/policy';
import { choosePerson, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

test('storage that may not even be read: the sign-in page stands', async ({ page }) => {
  await page.addInitScript(() => {
    const deny = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, area, { get: deny });
  });
  await page.goto(APP);
  await expect(page.getByRole('button', { name: /^sign in/i })).toBeVisible();
  await expect(page.locator('#stopped')).toBeHidden();
});

test('storage that takes nothing: the sign-in says why it cannot be', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(APP);
  await page.getByRole('button', { name: /^sign in/i }).click();
  await expect(page.getByText(/This browser stores no data for this page/)).toBeVisible();
});

test('storage that is full: a sign-in that cannot begin leaves the question before the tab is closed', async ({ page, tenant, watch }) => {
  watch.allow(/400 .*\/token/); // the silent attempt, which the sign-in service refuses
  await tenant.reset({
    consented: [
      'User.Read', 'User.ReadBasic.All', 'GroupMember.Read.All', 'PrivilegedAccess.Read.AzureADGroup',
      'RoleManagementPolicy.Read.AzureADGroup', 'PrivilegedAssignmentSchedule.Read.AzureADGroup', 'AuthenticationContext.Read.All',
    ],
  });
  await open(page, tenant);
  await hours(page).fill('2');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review(page).getByRole('button', { name: /^Save 1 change/ }).click();
  const again = page.getByRole('button', { name: 'Sign in to continue' });
  await expect(again).toBeVisible();
  const asks = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await expect.poll(asks).toBe(true);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await again.click();
  await expect(page.getByText(/or its storage is full/).first()).toBeVisible();
  expect(await asks()).toBe(true);
});

test('a sign-in that the person stops can be begun again', async ({ page }) => {
  await page.goto(`${APP}#/approvals`);
  const signInButton = page.getByRole('button', { name: 'Sign in with Microsoft' });
  await expect(signInButton).toBeVisible();
  // As after Stop: the browser stays on the page.
  let asked = 0;
  await page.route(/\/authorize\?/, (route) => {
    asked += 1;
    return route.fulfill({ status: 204 });
  });
  await signInButton.click();
  await expect.poll(() => asked).toBe(1);
  await page.unroute(/\/authorize\?/);
  await signInButton.click();
  await choosePerson(page, 'ana');
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
});

test('without BroadcastChannel, locks, notifications and sound, a change is saved', async ({ page, tenant }) => {
  await page.addInitScript(() => {
    for (const name of ['BroadcastChannel', 'Notification', 'AudioContext']) Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(navigator, 'locks', { value: undefined });
  });
  await open(page, tenant);
  await hours(page).fill('2');
  await page.getByRole('button', { name: 'Review changes' }).click();
  await review(page).getByRole('button', { name: /^Save 1 change/ }).click();
  await expect(page.getByRole('dialog').getByText('1 of 1 rule verified.')).toBeVisible();
});

test('a history that takes no more entries: searching and going on still work', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
  await page.evaluate(() => {
    const refuse = () => {
      throw new DOMException('too many', 'SecurityError');
    };
    history.replaceState = refuse;
    history.pushState = refuse;
  });
  await page.getByRole('searchbox').fill('tier-0 op');
  await expect(page.getByRole('link', { name: /Tier-0 Operators/ }).first()).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
});

test('a page that the browser translates goes on counting, and saves what was typed', async ({ page, tenant }) => {
  // What translation tools do: each text is put into two new elements, in place of the text node that the program
  // knows.
  const translate = () =>
    page.evaluate(() => {
      const walk = document.createTreeWalker(document.querySelector('#app') ?? document.body, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walk.nextNode()) texts.push(walk.currentNode as Text);
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement?.closest('[translate=no], svg')) continue;
        const outer = document.createElement('font');
        const inner = document.createElement('font');
        inner.textContent = text.data;
        outer.append(inner);
        text.replaceWith(outer);
      }
    });
  await open(page, tenant);
  await hours(page).waitFor();
  await translate();
  await hours(page).fill('2');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await expect(page.locator('.action-bar')).toContainText('2 changes');
  await translate();
  await page.getByRole('link', { name: 'Assignment', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Allow permanent eligible assignment' })).toBeVisible();
  await expect(page.locator('.action-bar')).toContainText('2 changes');
  await translate();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const save = page.getByRole('dialog').getByRole('button', { name: /^Save 2 changes/ });
  await expect(save).toBeEnabled();
  await translate();
  await save.click();
  await expect(page.getByRole('dialog').getByText('2 of 2 rules verified.')).toBeVisible();
  await expect(page.locator('#stopped')).toBeHidden();
});

test('text as widely spaced as WCAG 1.4.12 asks leaves nothing outside', async ({ page }) => {
  const css = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }';
  await signIn(page, 'ana', '#/help');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, css);
  for (const [route, ready] of [
    ['#/groups', page.getByRole('heading', { name: 'In PIM' })],
    ['#/approvals', page.getByRole('heading', { level: 1, name: 'Approvals' })],
    ['#/matrix', page.getByText(/^Read at/)],
    ['#/help', page.getByRole('heading', { level: 1, name: 'Help' })],
  ] as const) {
    await page.evaluate((route) => (location.hash = route), route);
    await ready.waitFor();
    for (const width of [1280, 960, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await laidOut(page, `${route} at ${width} px`);
    }
  }
});

test('who wants no motion gets none while reading', async ({ page, tenant }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.route(/\$batch/, () => new Promise<void>(() => {}));
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.locator('.skeleton').first()).toBeVisible();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
