import { APP, LOGIN } from '../harness/browser';
import { hold } from '../harness/hold';
import { choose, plan, send, show } from '../harness/plan';
import { choosePerson } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const TARGETS = ['Network Operators', 'Incident Responders'];

test('what a sign-in in the middle leaves of a change is planned again once, and nothing is put aside', async ({ page, tenant, watch }) => {
  test.setTimeout(120_000);
  watch.allow(/40[01]/);
  await choose(page, tenant, TARGETS);
  await show(page);
  const second = await tenant.group(TARGETS[1]);
  // The first policy is saved; then neither the token nor the session behind it is valid any more.
  const held = await hold(page, 'PATCH', '/rules/', (call) => call.url().includes(second.id));
  await send(page, /^Change 2 policies/);
  await held.reached();
  await expect(page.getByText('1 of 2 done').first()).toBeVisible({ timeout: 30_000 });
  const refused = JSON.stringify({ error: 'interaction_required', error_description: 'AADSTS50078: MFA has expired.' });
  await page.route(`${LOGIN}/**/token`, (route) =>
    route.fulfill({ status: 400, contentType: 'application/json', headers: { 'access-control-allow-origin': '*' }, body: refused }),
  );
  await tenant.setFaults({ method: 'PATCH', path: second.id, effect: { kind: 'refuse', status: 401 } });
  held.letGo();
  await expect(page.getByText('The rest is kept, and planned again after you sign in.')).toBeVisible({ timeout: 20_000 });
  await page.unroute(`${LOGIN}/**/token`);
  await tenant.setFaults();
  // The sign-in service may ask for the account, or know it: another document loads in either case.
  await page.evaluate(() => Object.assign(globalThis, { old: true }));
  await page.getByRole('button', { name: 'Sign in to continue' }).click();
  await page.waitForFunction(() => !('old' in globalThis));
  if (page.url().startsWith(LOGIN)) await choosePerson(page, 'ana');
  await expect(page).toHaveURL(`${APP}#/rollout`, { timeout: 20_000 });
  await expect(plan(page).getByText(/1 policy would be changed/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Your earlier selection is kept')).toHaveCount(0);
  await send(page, /^Change 1 policy/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  for (const name of TARGETS) {
    await expect(page.getByRole('row').filter({ hasText: name }).getByText('saved', { exact: true })).toBeVisible();
  }
});
