// What the inbox does by itself: announcing new requests, pacing its reads, and stopping when a session ends.
import type { Page } from '@playwright/test';
import { APP, LOGIN } from '../harness/browser';
import { hurryTo, installClock } from '../harness/clock';
import { hold } from '../harness/hold';
import { withRoles } from '../harness/roles';
import { choosePerson, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

interface Told {
  notes: { title: string; tag?: string; click: () => void }[];
  tones: number;
  asked: number;
}
declare const told: Told;

/** A browser that records the notifications and sounds it is asked for. */
const writeDown = (page: Page, answer: 'granted' | 'denied') =>
  page.addInitScript((answer) => {
    const kept: Told = { notes: [], tones: 0, asked: 0 };
    let permission = sessionStorage.getItem('permission') ?? 'default';
    Object.assign(globalThis, { told: kept });
    class Note extends EventTarget {
      onclick: (() => void) | null = null;
      static get permission() {
        return permission;
      }
      static requestPermission() {
        kept.asked += 1;
        permission = answer;
        sessionStorage.setItem('permission', answer);
        return Promise.resolve(answer);
      }
      constructor(title: string, options?: { tag?: string }) {
        super();
        kept.notes.push({ title, tag: options?.tag, click: () => this.onclick?.() });
      }
      close() {}
    }
    Object.assign(globalThis, { Notification: Note });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      kept.tones += 1;
      return start.apply(this, when);
    };
  }, answer);

/** Makes the page believe that it is in the background. */
const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.hasFocus = () => false;
    document.dispatchEvent(new Event('visibilitychange'));
  });

const readings = async (tenant: Tenant) =>
  (await tenant.log()).filter(({ method, url }) => method === 'GET' && /\/assignmentScheduleRequests.*'PendingApproval'/.test(decodeURIComponent(url))).length;

const open = async (page: Page) => {
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
};

test('in the background a new request is told by a notification that names nobody, and by a sound', async ({
  page,
  tenant,
}) => {
  await installClock(page);
  await writeDown(page, 'granted');
  await open(page);
  await page.getByText('Inbox settings').click();
  await expect(page.getByText(/also checked in the background, about every two minutes/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Desktop notifications for new requests' }).check();
  await page.getByRole('checkbox', { name: 'Sound for new requests' }).check();
  await expect.poll(() => page.evaluate(() => [told.asked, told.tones])).toEqual([1, 2]); // turned on, it sounds once
  // Stored by this browser, and not asked for again.
  await page.reload();
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
  await page.getByText('Inbox settings').click();
  for (const name of ['Desktop notifications for new requests', 'Sound for new requests']) {
    await expect(page.getByRole('checkbox', { name })).toBeChecked();
  }
  await hide(page);
  await tenant.addRequest({ principal: 'rhea', group: 'Tier-0 Operators', access: 'member', justification: 'Brand new' });
  await page.clock.runFor(121_000);
  await expect.poll(() => page.evaluate(() => told.notes.length)).toBe(1);
  const said = () => page.evaluate(() => [told.notes[0].title, told.tones, told.asked]);
  await expect.poll(said).toEqual(['1 new request is waiting for you', 2, 0]);
  await expect(page).toHaveTitle(/^\(\d+\) Approvals/);
  await page.goto(`${APP}#/groups`);
  await page.evaluate(() => told.notes[0].click());
  await expect(page).toHaveURL(`${APP}#/approvals`);
});

test('a request that comes into an empty inbox is announced', async ({ page, tenant }) => {
  await signIn(page, 'ana', '#/approvals');
  await expect(page.getByText('No requests are waiting for you').first()).toBeVisible();
  await tenant.addRequest({ principal: 'rhea', group: 'Tier-0 Operators', access: 'member', justification: 'Brand new', approvers: ['ana'] });
  // A read by itself, as after a while in the background.
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60_000;
    globalThis.dispatchEvent(new Event('focus'));
  });
  await expect(page.getByText('Brand new')).toBeVisible();
  await expect(page.locator('.unseen[role=status]').filter({ hasText: '1 new request' })).toHaveCount(1);
});

test('a browser that refuses notifications is told so, and nothing is read in the background', async ({ page, tenant }) => {
  await installClock(page);
  await writeDown(page, 'denied');
  await open(page);
  await page.getByText('Inbox settings').click();
  const choice = page.getByRole('checkbox', { name: 'Desktop notifications for new requests' });
  await choice.click();
  await expect(page.getByText(/does not allow notifications from this site/)).toBeVisible();
  await expect(choice).not.toBeChecked();
  await hide(page);
  await tenant.clearLog();
  await page.clock.runFor(600_000);
  expect(await readings(tenant)).toBe(0);
});

for (const saves of [false, true]) {
  test(`while it can be seen the inbox reads itself every ${saves ? '3 min, where data is saved' : '45 s'}`, async ({
    page,
    tenant,
  }) => {
    await installClock(page);
    await page.addInitScript((saveData) => {
      Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData }) });
    }, saves);
    await open(page);
    // The next pause begins when a read has finished. Meanwhile the clock goes on by itself, on a slow machine for long.
    const [short, pause] = saves ? [150_000, 181_000] : [10_000, 46_000];
    await tenant.clearLog();
    await page.clock.runFor(short);
    expect(await readings(tenant)).toBe(0);
    await page.clock.runFor(pause - short);
    await expect.poll(() => readings(tenant)).toBe(1);
  });
}

test('the wait that Microsoft asks for is kept: the person’s coming back does not shorten it, nor a usual pause lengthen it', async ({
  page,
  tenant,
  watch,
}) => {
  watch.allow(/429/);
  await installClock(page);
  await tenant.setFaults({ path: 'PendingApproval', effect: { kind: 'refuse', status: 429, retryAfter: '500' } });
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByText('Microsoft is limiting requests').first()).toBeVisible();
  await tenant.clearLog();
  await page.clock.runFor(300_000);
  await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')));
  await page.clock.runFor(10_000);
  expect(await readings(tenant)).toBe(0);
  await tenant.setFaults();
  await page.clock.runFor(200_000);
  await expect.poll(() => readings(tenant)).toBeGreaterThan(0);
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
});

test('a session that ends in the middle of many decisions: words and rest are kept, going on takes a word', async ({
  page,
  tenant,
  watch,
}) => {
  watch.allow(/40[01]/);
  await withRoles(page);
  await open(page);
  for (const name of ['Zoë Haddad', 'Søren Quispe', 'Chidi Tanaka']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Select ${name}`) }).check();
  }
  await page.getByRole('button', { name: 'Deny 3 requests' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Justification' }).fill('Freeze until Monday');
  await dialog.getByRole('checkbox', { name: /different groups or roles/ }).check();
  // After the first decision neither the token nor the session behind it is valid any more.
  const refused = JSON.stringify({ error: 'interaction_required', error_description: 'AADSTS50078: MFA has expired.' });
  const sent = async () =>
    (await tenant.log()).filter(({ method, url }) => method === 'PATCH' && /\/(stages|steps)\//.test(url));
  await page.route(`${LOGIN}/**/token`, async (route) => {
    if ((await sent()).length === 0) await route.fallback();
    else await route.fulfill({ status: 400, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: refused });
  });
  await tenant.setFaults({ method: 'PATCH', path: '/stages/', skip: 1, effect: { kind: 'refuse', status: 401 } });
  await tenant.clearLog();
  await dialog.getByRole('button', { name: 'Deny 3 requests' }).click();
  await expect(dialog.getByText('You need to sign in before the rest can be sent')).toBeVisible({ timeout: 20_000 });
  expect((await sent()).map(({ status }) => status)).toEqual([204, 401]);
  const before = (await sent()).length;
  await page.unroute(`${LOGIN}/**/token`);
  await tenant.setFaults();
  // The sign-in service may ask for the account, or know it: another document loads in either case.
  await page.evaluate(() => Object.assign(globalThis, { old: true }));
  await dialog.getByRole('button', { name: /Sign in/ }).click();
  await page.waitForFunction(() => !('old' in globalThis));
  if (page.url().startsWith(LOGIN)) await choosePerson(page, 'dana');
  await page.waitForURL(`${APP}**`);
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
  expect((await sent()).length, 'signing in sends nothing').toBe(before);
  await page.getByRole('checkbox', { name: /^Select Søren Quispe/ }).check();
  await page.getByRole('button', { name: 'Deny 1 request' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Justification' })).toHaveValue('Freeze until Monday');
  expect((await sent()).length, 'nor does opening the review').toBe(before);
  await dialog.getByRole('button', { name: 'Deny 1 request' }).click();
  await expect(dialog.getByText('1 denied')).toBeVisible({ timeout: 20_000 });
  expect((await sent()).filter(({ status }) => status === 204).length).toBe(2);
});

test('a request whose earlier decision was sent is not decided among many, and is not told as nothing sent', async ({ page, tenant, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await installClock(page);
  // It expires in five minutes.
  await tenant.addRequest({ principal: 'rhea', group: 'Tier-0 Operators', access: 'member', justification: 'Nearly over', minutesAgo: 1435 });
  await open(page);
  const row = page.locator('tr', { hasText: 'Nearly over' });
  await row.locator('th a').click();
  await tenant.setFaults({ method: 'PATCH', path: '/stages/', effect: { kind: 'dropBefore' } });
  await page.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
  await page.getByRole('button', { name: /^Deny/ }).click();
  await hurryTo(page, page.getByText(/^No answer came back/).first());
  await page.goto(`${APP}#/approvals`);
  await page.reload();
  await expect(row).toContainText(/You sent a denial at .*; the result is not known\./);
  await expect(row.getByRole('checkbox')).toHaveCount(0);
  await row.locator('th a').click();
  const form = page.locator('.decide');
  const early = form.getByText(/^What you sent may still appear/).filter({ visible: true });
  await expect(early.first()).toBeVisible();
  await page.clock.fastForward(61_000);
  await form.getByRole('button', { name: 'Check again' }).click();
  await expect(early).toHaveCount(0);
  await tenant.setFaults();
  await tenant.advance(10 * 60_000);
  await form.getByRole('button', { name: /^Deny/ }).click();
  await hurryTo(page, form.getByText(/your decision had no visible effect/));
  await expect(form.getByText(/nothing was sent/)).toHaveCount(0);
});

test('a decision that ends while the history is read comes into it by another reading', async ({ page, tenant }) => {
  await open(page);
  const lists = async () =>
    (await tenant.log()).filter(({ url }) => decodeURIComponent(url).includes("/privilegedAccess/group/assignmentScheduleRequests/filterByCurrentUser(on='approver')?$expand")).length;
  const reviews = await hold(page, 'POST', '/$batch', (call) => {
    const parts = call.postData() ?? '';
    return parts.includes('/group/assignmentApprovals') && !parts.includes('ScheduleRequests');
  });
  await tenant.clearLog();
  await page.getByRole('link', { name: 'History' }).click();
  await reviews.reached();
  await page.goto(`${APP}#/approvals`);
  await page.getByRole('link', { name: 'Ursula Petrov' }).first().click();
  await page.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
  await page.getByRole('button', { name: /^Deny/ }).click();
  await expect(page.getByText(/^Denied at/).first()).toBeVisible({ timeout: 15_000 });
  await page.goto(`${APP}#/approvals/history`);
  expect(await lists()).toBe(1);
  reviews.letGo();
  await expect(page.getByRole('table', { name: 'Requests that ended' })).toBeVisible({ timeout: 15_000 });
  await expect.poll(lists).toBe(2);
});

test('a session that ends while nobody looks is told once, and the count goes', async ({ page, tenant, watch }) => {
  watch.allow(/40[01]/);
  await installClock(page);
  await writeDown(page, 'granted');
  await open(page);
  await page.getByText('Inbox settings').click();
  await page.getByRole('checkbox', { name: 'Desktop notifications for new requests' }).check();
  await page.goto(`${APP}#/help`);
  const count = page.getByRole('navigation', { name: 'Main' }).locator('.count');
  await expect(count).toBeVisible();
  const refused = JSON.stringify({ error: 'interaction_required', error_description: 'AADSTS50078: MFA has expired.' });
  let asked = 0; // every read asks for a token
  await page.route(`${LOGIN}/**/token`, (route) => {
    asked += 1;
    return route.fulfill({ status: 400, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: refused });
  });
  await tenant.setFaults({ path: 'PendingApproval', effect: { kind: 'refuse', status: 401 } });
  await hide(page);
  await page.clock.runFor(121_000);
  await expect.poll(() => page.evaluate(() => told.notes.map(({ title }) => title))).toEqual(['Sign in again to see new requests']);
  await expect(page.getByText('The inbox is not updated until you sign in again.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in to continue' })).toBeVisible();
  await expect(count).toHaveCount(0);
  const before = asked;
  await page.clock.runFor(241_000);
  await expect.poll(() => asked).toBeGreaterThan(before);
  expect(await page.evaluate(() => told.notes.length)).toBe(1);
});

test('a clock that is wrong is told above the inbox, and takes no time to decide away', async ({ page }) => {
  await installClock(page, { time: Date.now() + 40 * 60_000 });
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByText('This computer\'s clock is ahead').first()).toBeVisible();
  // The request was made 23 h 41 min ago; how far back Microsoft dates the token is unknown.
  await expect(page.getByRole('row', { name: /Zoë Haddad/ })).toContainText(/last hour: 1[3-9] min left/);
});
