// Short notices: a success disappears by itself, what the browser did not do stays, and both are shown in a dialog too.
// A newer version of the page is offered.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { axe } from '../harness/axe';
import { APP } from '../harness/browser';
import { installClock } from '../harness/clock';
import { open } from '../harness/policy';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const dist = process.env.DIST ?? resolve(import.meta.dirname, '../../../dist');

test('a copy that the browser refuses is told as that, where the person is', async ({ page, tenant }) => {
  await installClock(page);
  await open(page, tenant);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
  });
  await page.getByRole('button', { name: 'Copy or print policy…' }).click();
  const dialog = page.getByRole('dialog');
  const copy = dialog.getByRole('button', { name: /^Copy/ }).first();
  await copy.click();
  const refused = 'The browser did not allow copying';
  await expect(dialog.getByRole('status').filter({ hasText: refused })).toBeVisible();
  await expect(page.locator('.toast.tone-warn')).toContainText(refused);
  await expect(page.locator('.toast.tone-ok')).toHaveCount(0);
  await axe(page);

  // Tried again with the same result, there is still one notice; if it works, the dialog says that.
  const told = dialog.locator('.dialog-news');
  const before = await told.textContent();
  await copy.click();
  await expect.poll(() => told.textContent()).not.toBe(before); // so that it is read out again
  await expect(told).toContainText(refused);
  await expect(page.locator('.toast')).toHaveCount(1);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.resolve();
  });
  await copy.click();
  await expect(dialog.getByRole('status').filter({ hasText: /copied/i })).toBeVisible();
  await expect(page.locator('.toast.tone-ok')).toHaveCount(1);

  // The success disappears by itself, the refusal when it is dismissed; then the dialog no longer shows it.
  await page.clock.runFor(6_100);
  await expect(page.locator('.toast.tone-ok')).toHaveCount(0);
  await expect(page.locator('.toast.tone-warn')).toHaveCount(1);
  await expect(told).toBeEmpty();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.locator('.toast')).toHaveCount(0);
});

test('a wait that Microsoft asks for ends on the person’s word, and its notice with it', async ({ page, watch }) => {
  watch.allow(/429/);
  let refuse = true;
  await page.route('**/$batch', (route) => {
    const reads = route.request().postData()?.includes('roleManagementPolicyAssignments');
    if (!refuse || !reads) return route.fallback();
    const headers = { 'retry-after': '50', 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };
    return route.fulfill({ status: 429, headers });
  });
  await signIn(page, 'ana', '#/matrix');
  const now = page.locator('.notice', { hasText: 'Microsoft is limiting requests' }).getByRole('button', { name: 'Try now' });
  await expect(now).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(now).toHaveCount(0);

  await page.getByRole('button', { name: 'Read the rest' }).click();
  await expect(now).toBeVisible();
  refuse = false;
  await now.click();
  await expect(now).toHaveCount(0);
  await expect(page.getByText(/^Read at/)).toBeVisible();
});

test('a wait before the first write is told in the dialog, and ends on the person’s word', async ({ page, tenant, watch }) => {
  watch.allow(/429 .*roleManagementPolicyAssignments/);
  await installClock(page);
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const dialog = page.getByRole('dialog');
  const save = dialog.getByRole('button', { name: 'Save 1 change' });
  await expect(save).not.toHaveAttribute('aria-disabled', 'true');
  const effect = { kind: 'refuse', status: 429, retryAfter: '50' } as const;
  await tenant.setFaults({ method: 'GET', path: 'roleManagementPolicyAssignments', times: 1, effect });
  // A save no longer starts from what the review read.
  await page.clock.fastForward(11_000);
  await save.click();
  await expect(dialog.getByText('Microsoft is limiting requests')).toBeVisible();
  await axe(page);
  await dialog.getByRole('button', { name: 'Try now' }).click();
  await expect(dialog.getByText('1 of 1 rule verified.')).toBeVisible({ timeout: 15_000 });
});

test('a wait of the review’s own look is told in the dialog, and ends on the person’s word', async ({ page, tenant, watch }) => {
  watch.allow(/429/);
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  let refuse = true;
  await page.route('**/$batch', (route) => {
    if (!refuse) return route.fallback();
    const headers = { 'retry-after': '50', 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };
    return route.fulfill({ status: 429, headers });
  });
  await page.getByRole('button', { name: 'Review changes' }).click();
  const dialog = page.getByRole('dialog');
  const now = dialog.getByRole('button', { name: 'Try now' });
  await expect(now).toBeVisible();
  await axe(page);
  refuse = false;
  await now.click();
  await expect(now).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Save 1 change' })).not.toHaveAttribute('aria-disabled', 'true');
});

for (const [what, file] of [
  ['the program', /(pim-desk)-[0-9a-f]+(_bg\.wasm)/g],
  ['only the styles', /(style)-[0-9a-f]+(\.css)/g],
] as const) {
  const title = `an open page says when the server has ${what} of a newer version, and reloads only on the person’s word`;
  test(title, async ({ page, tenant, watch }) => {
    watch.allow(/status of 401/); // a call between the tenant's clock and the page's
    await installClock(page);
    await signIn(page, 'ana', '#/help');
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
    const newer = page.locator('.toast', { hasText: 'A newer version of PIM Desk is available.' });
    const look = async () => {
      const looked = page.waitForResponse(APP);
      // Both clocks go forward: what the tenant issues after the reload is not expired for the page.
      await tenant.advance(31 * 60_000);
      await page.clock.fastForward(31 * 60_000);
      await (await looked).finished();
    };
    await look();
    await expect(newer).toHaveCount(0);

    // A host's own sign-in page is not a version.
    await page.route(APP, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Sign in</title>' }));
    await look();
    await expect(newer).toHaveCount(0);
    await page.unroute(APP);

    await page.route(APP, async (route) => {
      const body = readFileSync(join(dist, 'index.html'), 'utf8').replace(file, '$1-0123456789abcdef$2');
      await route.fulfill({ contentType: 'text/html', body });
    });
    await look();
    await expect(newer).toBeVisible();
    await axe(page);
    await page.unroute(APP);
    const loaded = page.waitForEvent('load');
    await newer.getByRole('button', { name: 'Reload' }).click();
    await loaded;
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
    await expect(newer).toHaveCount(0);
  });
}
