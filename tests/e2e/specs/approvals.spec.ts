import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { LOGIN } from '../harness/browser';
import { hurryTo, installClock } from '../harness/clock';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Tenant } from '../harness/tenant';

const decisions = async (tenant: Tenant) =>
  (await tenant.log()).filter(({ method, url }) => method === 'PATCH' && url.includes('/stages/'));

async function openFirst(page: Page, name = 'Anton Sato') {
  await signIn(page, 'dana', '#/approvals');
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name: 'Your decision' })).toBeVisible();
}

test('the inbox tells who, what, why, for how long and until when', async ({ page }) => {
  await signIn(page, 'dana', '#/approvals');
  const row = page.getByRole('row', { name: /Zoë Haddad/ });
  await expect(row).toContainText('Member of Network Operators');
  await expect(row).toContainText('Core switch replacement, Dublin');
  await expect(row).toContainText('CHG0041802');
  await expect(row).toContainText('for 8 h');
  await expect(row).toContainText(/min left/);
  await expect(page.getByText('You cannot approve your own request').first()).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
  await axe(page);
});

test('approving stays on screen with who, what and when', async ({ page, tenant }) => {
  await openFirst(page);
  await axe(page);
  await page.getByRole('textbox', { name: 'Justification' }).fill('CHG0041877 is approved');
  await tenant.clearLog();
  await page.getByRole('button', { name: /^Approve – Anton Sato becomes a member of Tier-0 Operators for 2 h/ }).dblclick();
  await expect(page.getByText(/^Approved at/).first()).toBeVisible({ timeout: 15_000 });
  const remove = page.locator('.decide').getByRole('link', { name: 'Remove access in the admin center' });
  await expect(remove).toHaveAttribute('href', /ResourceMenuBlade\/~\/members\/resourceId\/[-0-9a-f]{36}\/resourceType\/Security\/provider\/aadgroup$/);
  await axe(page);
  const sent = await decisions(tenant);
  expect(sent.length).toBe(1);
  expect(JSON.parse(sent[0].body ?? '')).toEqual({ reviewResult: 'Approve', justification: 'CHG0041877 is approved' });
});

test('denying needs a reason', async ({ page, tenant }) => {
  await openFirst(page, 'Ursula Petrov');
  await tenant.clearLog();
  await page.getByRole('button', { name: /^Deny/ }).click();
  expect(await decisions(tenant)).toEqual([]);
  await page.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
  await page.getByRole('button', { name: /^Deny/ }).click();
  await expect(page.getByText(/^Denied at/).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('link', { name: 'Remove access in the admin center' })).toHaveCount(0);
  expect(JSON.parse((await decisions(tenant))[0].body ?? '').reviewResult).toBe('Deny');
});

// In a row, at the bottom of the only column, in a column of its own, and stacked.
for (const [width, height] of [[1000, 800], [1280, 800], [1700, 900], [360, 800]]) {
  test(`what is pressed on the spot of “Deny” denies, and never approves, at ${width} px`, async ({ page, tenant }) => {
    await page.setViewportSize({ width, height });
    await openFirst(page, 'Ursula Petrov');
    await expect(page.getByText('Policy requires', { exact: true })).toBeVisible();
    const [deny, approve] = [/^Deny/, /^Approve –/].map((name) => page.getByRole('button', { name }));
    await page.locator('.decide .actions').evaluate((buttons) => buttons.scrollIntoView({ block: 'center' }));
    const places = async () => [await deny.boundingBox(), await approve.boundingBox()];
    // What is read about the request makes the page longer.
    let before: Awaited<ReturnType<typeof places>> = [];
    const moved = async () => {
      const seen = before;
      before = await places();
      return JSON.stringify(before) !== JSON.stringify(seen);
    };
    await expect.poll(moved, { intervals: [500] }).toBe(false);
    const box = before[0];
    if (!box) throw new Error('there is no button');
    await tenant.clearLog();
    // Near each edge: a move of a few pixels would lead to the other button.
    for (const [x, y] of [[6, 6], [box.width - 6, box.height - 6], [box.width / 2, box.height - 3]]) {
      await page.mouse.dblclick(box.x + x, box.y + y);
      await expect(page.getByText('Enter a justification to deny.')).toBeVisible();
      expect(await places()).toEqual(before);
    }
    await expect(page.getByRole('textbox', { name: 'Justification' })).toBeFocused();
    await page.keyboard.type('Not during the freeze');
    await expect(page.getByText('Enter a justification to deny.')).toHaveCount(0);
    expect(await places()).toEqual(before);
    await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height - 3);
    await expect(page.locator('.inbox-open').getByText(/^Denied at/).first()).toBeVisible({ timeout: 15_000 });
    expect((await decisions(tenant)).map(({ body }) => JSON.parse(body).reviewResult)).toEqual(['Deny']);
  });
}

test('a button that has the focus stays the same one', async ({ page }) => {
  await openFirst(page);
  const approve = page.getByRole('button', { name: /^Approve –/ });
  await page.getByRole('button', { name: /^Deny/ }).evaluate((button) => Object.assign(globalThis, { pressed: button }));
  await page.getByRole('button', { name: /^Deny/ }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Justification' })).toBeFocused();
  const isPressed = (button: Element) => button === (globalThis as unknown as { pressed: Element }).pressed && button.isConnected;
  expect(await page.getByRole('button', { name: /^Deny/ }).evaluate(isPressed)).toBe(true);
  await expect(approve).toHaveClass('button');
});

test('decided before by someone else: said so, nothing is sent, the words are kept', async ({ page, tenant }) => {
  await openFirst(page);
  const id = page.url().split('/').pop() ?? '';
  await page.getByRole('textbox', { name: 'Justification' }).fill('my own words');
  await tenant.decide({ request: id, by: 'olga', approve: false, justification: 'no' });
  await tenant.clearLog();
  await page.getByRole('button', { name: /^Approve –/ }).click();
  await expect(page.getByText(/Already denied by Olga Petrenko at \S/).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('my own words').first()).toBeVisible();
  expect(await decisions(tenant)).toEqual([]);
});

test('words typed before a reload are there to copy and to discard where a colleague decided meanwhile', async ({ page, tenant }) => {
  await openFirst(page);
  const request = page.url().split('/').pop() ?? '';
  await page.getByRole('textbox', { name: 'Justification' }).fill('my own words');
  await tenant.decide({ request, by: 'olga', approve: false, justification: 'no' });
  await page.reload();
  await expect(page.getByText(/Already denied by Olga Petrenko/).first()).toBeVisible();
  const kept = page.locator('.reason-given', { has: page.getByRole('heading', { name: 'Your justification (kept in this tab)' }) });
  await expect(kept).toContainText('my own words');
  await expect(kept.getByRole('button', { name: 'Copy justification' })).toBeVisible();
  await axe(page);
  await kept.getByRole('button', { name: 'Discard' }).click();
  await expect(kept).toHaveCount(0);
  await expect(page.locator('#page-title')).toBeFocused();
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes('justification')))).toEqual([]);
});

test('decided by someone else in the same moment: the 409 is told as who and when, nothing is sent again', async ({
  page,
  tenant,
  watch,
}) => {
  watch.allow(/409/);
  await openFirst(page);
  const request = page.url().split('/').pop() ?? '';
  await page.getByRole('textbox', { name: 'Justification' }).fill('my own words');
  await tenant.setFaults({
    method: 'PATCH',
    path: '/stages/',
    times: 1,
    effect: { kind: 'decideBefore', request, by: 'olga', approve: false, justification: 'no' },
  });
  await tenant.clearLog();
  await page.getByRole('button', { name: /^Approve –/ }).click();
  await expect(page.getByText(/Already denied by Olga Petrenko at \S/).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('my own words').first()).toBeVisible();
  expect((await decisions(tenant)).map(({ status }) => status)).toEqual([409]);
});

test('words that are too old to be offered leave the tab', async ({ page }) => {
  await openFirst(page);
  await page.getByRole('textbox', { name: 'Justification' }).fill('my own words');
  const kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('pim-desk.justification.')));
  await expect.poll(async () => (await kept()).length).toBe(1);
  const [name = ''] = await kept();
  const own = name.split('.').slice(0, 4).join('.');
  await page.evaluate((own) => {
    for (const [rest, hours] of [['old', 25], ['new', 23]] as const) {
      const words = { at_unix_ms: Date.now() - hours * 3_600_000, deny: false, text: rest };
      sessionStorage.setItem(`${own}.${rest}`, JSON.stringify(words));
    }
  }, own);
  await page.reload();
  await expect(page.getByText('Your text was restored. Nothing was sent.').first()).toBeVisible();
  await expect.poll(async () => (await kept()).sort()).toEqual([name, `${own}.new`].sort());
});

test('a long justification that is refused is named as the likely cause, a short one is not', async ({ page, tenant, watch }) => {
  watch.allow(/400/);
  await openFirst(page, 'Ursula Petrov');
  const body = JSON.stringify({ error: { code: 'InvalidRequest', message: 'Too long.' } });
  await tenant.setFaults({
    method: 'PATCH',
    path: '/assignmentApprovals/',
    effect: { kind: 'replace', status: 400, contentType: 'application/json', body },
  });
  await tenant.clearLog();
  const form = page.locator('.decide');
  const hint = form.getByText(/^The justification is probably too long/);
  const words = page.getByRole('textbox', { name: 'Justification' });
  await words.fill('x'.repeat(600));
  await page.getByRole('button', { name: /^Deny/ }).click();
  await expect(hint).toBeVisible();
  await expect(form).toContainText('Too long.');
  await axe(page);
  await words.fill('Not during the freeze');
  await page.getByRole('button', { name: /^Deny/ }).click();
  await expect.poll(async () => (await decisions(tenant)).length).toBe(2);
  await expect(form).toContainText('Too long.');
  await expect(hint).toHaveCount(0);
  await expect(words).toHaveValue('Not during the freeze');
});

test('a decision whose end was not read is told after a reload, with or without words, and its words are kept', async ({ page, tenant, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await installClock(page);
  await openFirst(page, 'Ursula Petrov');
  const words = page.getByRole('textbox', { name: 'Justification' });
  for (const [button, typed, told] of [[/^Approve –/, 'Agreed', 'an approval'], [/^Deny/, 'Not during the freeze', 'a denial']] as const) {
    await tenant.setFaults({ method: 'PATCH', path: '/stages/', effect: { kind: 'dropBefore' } });
    await words.fill(typed);
    await page.getByRole('button', { name: button }).click();
    await hurryTo(page, page.getByText(/^No answer came back/).first());
    await page.reload();
    await expect(page.getByText(new RegExp(`^You sent ${told} at .*; the result is not known$`))).toBeVisible();
    await expect(page.getByText('Nothing was sent.')).toHaveCount(0);
    await expect(words).toHaveValue(typed);
    await axe(page);
    // What was sent may still appear: until a look a minute after it, nothing can be sent again, not by a key either.
    await tenant.clearLog();
    await words.press('Control+Enter');
    await expect(page.getByText(/^What you sent may still appear/).filter({ visible: true }).first()).toBeVisible();
    await page.clock.fastForward(61_000);
    await page.locator('.decide').getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByText(/^What you sent may still appear/).filter({ visible: true })).toHaveCount(0);
    expect(await decisions(tenant)).toEqual([]);
  }
  await tenant.setFaults();
  await tenant.clearLog();
  await page.locator('.decide').getByRole('button', { name: 'Check again' }).click();
  const asked = ({ url, body }: { url: string; body: string }) => url.includes('/$batch') && body.includes('assignmentApprovals');
  await expect.poll(async () => (await tenant.log()).some(asked)).toBe(true);
  expect(await decisions(tenant)).toEqual([]);
  await words.fill('');
  await page.reload();
  await expect(page.locator('.inbox-open').getByText(/^You sent a denial at/)).toBeVisible();
  await words.fill('Not during the freeze at all');
  await page.getByRole('button', { name: /^Deny/ }).click();
  await expect(page.getByText(/^Denied at/).first()).toBeVisible({ timeout: 15_000 });
  const kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes('justification')));
  await expect.poll(kept).toEqual([]);
});

for (const [applied, told] of [[true, /^Already denied by you at/], [false, /^Already denied by Olga Petrenko/]] as const) {
  test(`a decision of before a reload that ${applied ? 'took effect' : 'another was faster than'} is not asked for again`, async ({ page, tenant, watch }) => {
    watch.allow(/Failed to load resource/, /Failed to fetch/);
    await installClock(page);
    await openFirst(page, 'Ursula Petrov');
    await tenant.setFaults({ method: 'PATCH', path: '/stages/', effect: { kind: 'dropBefore' } });
    await page.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
    await page.getByRole('button', { name: /^Deny/ }).click();
    await hurryTo(page, page.getByText(/^No answer came back/).first());
    await page.reload();
    await expect(page.locator('.inbox-open').getByText(/^You sent a denial at/)).toBeVisible();
    await tenant.setFaults();
    const request = page.url().split('/').pop() ?? '';
    const by = applied ? 'dana' : 'olga';
    await tenant.decide({ request, by, approve: false, justification: applied ? 'Not during the freeze' : 'no' });
    await page.locator('.decide').getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByText(told).first()).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Your decision' })).toHaveCount(0);
    await expect(page.getByText(/nothing (is|was) sent/i)).toHaveCount(0);
    // Text that was not applied stays visible.
    await expect(page.getByRole('button', { name: 'Discard' })).toHaveCount(applied ? 0 : 1);
    await axe(page);
  });
}

test('a sign-in service out of reach is no reason to sign in: nothing was decided, and pressing again decides', async ({ page, tenant, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await openFirst(page, 'Ursula Petrov');
  await page.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
  // The current token is no longer valid, and no new one is issued.
  await tenant.setFaults({ path: 'assignmentApprovals', times: 1, effect: { kind: 'refuse', status: 401 } });
  await page.route(`${LOGIN}/**/token`, (route) => route.abort());
  await tenant.clearLog();
  await page.getByRole('button', { name: /^Deny/ }).click();
  const form = page.locator('.decide');
  await expect(form.getByText('Nothing was decided', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(form.getByText('The sign-in service could not be reached')).toBeVisible();
  await expect(form.getByText(/[Ss]ign in/)).toHaveCount(0);
  expect(await decisions(tenant)).toEqual([]);
  await axe(page);
  await page.unroute(`${LOGIN}/**/token`);
  await tenant.setFaults();
  await page.getByRole('button', { name: /^Deny/ }).click();
  await expect(page.getByText(/^Denied at/).first()).toBeVisible({ timeout: 15_000 });
});

test('a decision that was accepted and never stored can be sent again once it should have appeared', async ({ page, tenant }) => {
  await installClock(page);
  await openFirst(page, 'Ursula Petrov');
  await page.getByRole('textbox', { name: 'Justification' }).fill('Not during the freeze');
  await tenant.setFaults({ method: 'PATCH', path: '/stages/', times: 1, effect: { kind: 'neverStored' } });
  await tenant.clearLog();
  await page.getByRole('button', { name: /^Deny/ }).click();
  await hurryTo(page, page.getByText(/^Microsoft accepted it, but does not show it/).first());
  const [check, send] = ['Check again', 'Send again'].map((name) => page.getByRole('button', { name }));
  await check.click();
  await expect(page.getByText('Microsoft still shows no decision.').first()).toBeVisible();
  await expect(send).toHaveCount(0);
  await page.clock.fastForward(61_000);
  await check.click();
  await send.click();
  await expect(page.getByText(/^Denied at/).first()).toBeVisible({ timeout: 15_000 });
  expect((await decisions(tenant)).length).toBe(2);
});

test('an address of an unknown request explains itself', async ({ page, watch }) => {
  watch.allow(/404/);
  await signIn(page, 'dana', '#/approvals/00000000-0000-4000-8000-00000000dead');
  await expect(page.getByText('This request was not found').first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Request', exact: true })).toBeVisible();
  await expect(page.locator('.inbox-open').getByText('Opening the request…')).toHaveCount(0);
  await expect(page.getByText(/Looked for in .+, signed in as dana@/).first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Switch account' }).first()).toBeVisible();
  await axe(page);
});
