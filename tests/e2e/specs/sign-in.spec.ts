import { axe } from '../harness/axe';
import { APP, GRAPH, LOGIN } from '../harness/browser';
import { choosePerson, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const signInButton = 'Sign in with Microsoft';

test('a bookmark to a tab of a group opens after a cold sign-in', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  const route = `#/groups/${id}/owner/notification`;
  await page.goto(APP + route);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: signInButton }).click();
  await choosePerson(page, 'ana');
  await expect(page.getByRole('heading', { level: 1, name: 'Tier-0 Operators' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Notification' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('link', { name: 'Owners' })).toHaveAttribute('aria-current', 'page');
  expect(page.url()).toBe(APP + route);
  await expect(page).toHaveTitle('Owner notification settings – Tier-0 Operators – PIM Desk');
});

test('what goes to the sign-in service and to Graph', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  const asked: URL[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin === LOGIN && url.pathname.endsWith('/authorize')) asked.push(url);
  });
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await expect(page.getByRole('checkbox', { name: 'Require justification on activation' })).toBeVisible();
  const query = asked[0].searchParams;
  expect(query.get('response_mode')).toBe('fragment');
  expect(query.get('code_challenge_method')).toBe('S256');
  expect(query.get('redirect_uri')).toBe(APP);
  expect(query.get('claims')).toContain('cp1');
  expect(query.get('scope')).not.toContain('ReadWrite');
  // what the page is about goes first
  const graph = (await tenant.log()).filter(({ url, method }) => url.startsWith(GRAPH) && method !== 'OPTIONS');
  expect(graph[0].url).toMatch(/\$batch|resources/);
});

test('tokens are nowhere but in memory, and a reload returns silently', async ({ page }) => {
  const tokens = new Set<string>();
  page.on('response', async (response) => {
    if (!response.url().endsWith('/token')) return;
    const answer = await response.json().catch(() => ({}));
    for (const name of ['access_token', 'refresh_token', 'id_token']) if (answer[name]) tokens.add(answer[name]);
  });
  await signIn(page, 'ana', '#/groups');
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  const kept = () =>
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, document.body.innerHTML]));
  const look = async () => {
    const text = await kept();
    for (const token of tokens) expect(text).not.toContain(token);
    expect(page.url()).not.toContain('code=');
  };
  await expect.poll(() => tokens.size).toBeGreaterThan(0);
  await look();
  const before = tokens.size;
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await expect.poll(() => tokens.size).toBeGreaterThan(before);
  await look();
});

test('signing out here forgets everything, also for the Back button', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('button', { name: signInButton })).toBeVisible();
  await expect(page.getByText('Tier-0 Operators')).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  await page.goBack();
  await expect(page.getByRole('button', { name: /sign in/i }).or(page.locator('button[name=person]')).first()).toBeVisible();
  await expect(page.getByText('Tier-0 Operators')).toHaveCount(0);
});

test('a page out of the back/forward cache is loaded anew', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await page.evaluate(() => document.documentElement.classList.add('old-document'));
  const again = page.waitForEvent('domcontentloaded');
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), 0);
  });
  await again;
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await expect(page.locator('html.old-document')).toHaveCount(0);
});

test('signing out asks before it loses what was typed; staying keeps it', async ({ page, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByLabel('hours', { exact: true }).fill('2');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click();
  await page.getByRole('button', { name: 'Leave, keep changes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
  const account = page.getByRole('button', { name: /^Account/ });
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Discard unsent input?' });
  await expect(dialog).toContainText('unsaved changes to 1 policy.');
  await axe(page);
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await page.goto(`${APP}#/groups/${id}/member/activation`);
  await expect(page.getByLabel('hours', { exact: true })).toHaveValue('2');
  await account.click();
  await page.getByRole('button', { name: 'Switch account' }).click();
  await expect(dialog).toContainText('unsaved changes to 1 policy.');
  await expect(dialog.getByRole('button', { name: 'Discard and leave' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('hours', { exact: true })).toHaveValue('2');
  await account.click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await dialog.getByRole('button', { name: 'Discard and leave' }).click();
  await expect(page.getByRole('button', { name: signInButton })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});

test('a refused consent is explained with a way out', async ({ page, tenant }) => {
  await tenant.reset({ consented: [] });
  await page.goto(APP);
  await page.getByRole('button', { name: signInButton }).click();
  await page.locator('button[name=person][value=otto]').click();
  const back = page.getByRole('button', { name: 'Return to the application without granting consent' });
  await back.waitFor();
  await axe(page);
  await back.click();
  await page.waitForURL(`${APP}**`);
  await expect(page.getByRole('link', { name: 'Open the consent page' })).toBeVisible();
  await axe(page);
});

test('a forged or replayed answer changes nothing and leaves the address bar', async ({ page, tenant }) => {
  await page.goto(`${APP}#code=stolen&state=unknown`);
  await expect(page.getByRole('button', { name: signInButton })).toBeVisible();
  expect(page.url()).not.toContain('stolen');
  await page.goto(`${APP}?x=1#error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=x`);
  await expect(page.getByRole('button', { name: signInButton })).toBeVisible();
  await expect(page.getByText('alert(1)')).toHaveCount(0);
  expect((await tenant.log()).filter(({ url }) => url.endsWith('/token'))).toEqual([]);
});

for (const [name, answer] of Object.entries({
  missing: { status: 404, body: 'no' },
  'a web page': { status: 200, contentType: 'text/html', body: '<!doctype html><p>app</p>' },
  'not JSON': { status: 200, contentType: 'application/json', body: '{"clientId": ' },
  'without a tenant': { status: 200, contentType: 'application/json', body: '{"clientId":"5a1e0000-0000-4000-8000-0000000000d1"}' },
  'with a cloud of its own': {
    status: 200,
    contentType: 'application/json',
    body: '{"clientId":"5a1e0000-0000-4000-8000-0000000000d1","tenantId":"5a1e0000-0000-4000-8000-000000000001","cloud":"https://evil.example"}',
  },
})) {
  test(`config.json ${name}: the set-up page says what to do`, async ({ page, watch }) => {
    watch.allow(/404/);
    await page.route('**/config.json', (route) => route.fulfill(answer));
    await page.goto(APP);
    await expect(page.getByRole('heading', { level: 1, name: 'Set up PIM Desk' })).toBeVisible();
    await expect(page.getByText(APP, { exact: true })).toBeVisible();
    await axe(page);
  });
}
