// What is in the list besides what can be decided: renewals, what a cloud lacks, marks that appear late.
import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { GRAPH, LOGIN } from '../harness/browser';
import { withRoles } from '../harness/roles';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const open = async (page: Page) => {
  await withRoles(page);
  await signIn(page, 'dana', '#/approvals');
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
};

test('renewals of groups and roles are listed last, cannot be selected, and lead to the admin center', async ({ page }) => {
  await open(page);
  const blade = 'https://portal.azure.com/#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade/~/';
  for (const [access, list] of [
    ['Owner of Network Operators', 'aadgroup'],
    ['Role Conditional Access Administrator', 'aadmigratedroles'],
  ]) {
    const row = page.getByRole('row').filter({ hasText: access });
    await expect(row.getByText('extension or renewal')).toBeVisible();
    await expect(row.getByRole('link', { name: 'Open admin center' })).toHaveAttribute('href', blade + list);
    await expect(row.getByRole('checkbox')).toHaveCount(0);
    await expect(row.getByText(/left$/)).toHaveCount(0);
  }
  const marks = await page.locator('.inbox-list .requests').first().locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent?.includes('extension or renewal')));
  expect(marks.lastIndexOf(false)).toBeLessThan(marks.indexOf(true));
  await page.getByRole('row').filter({ hasText: 'Owner of Network Operators' }).getByRole('link').first().click();
  await expect(page.getByText('This asks to extend or renew an assignment').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Approve –|Deny)/ })).toHaveCount(0);
  await axe(page);
});

test('a role that holds in a part of the directory names that part, in the row and on the button', async ({ page }) => {
  await open(page);
  const row = page.getByRole('row').filter({ hasText: 'Role User Administrator' });
  await expect(row).toContainText('in the administrative unit Lisbon office');
  await row.getByRole('link').first().click();
  await expect(
    page.getByRole('button', { name: /^Approve – .* gets the role User Administrator in the administrative unit Lisbon office/ }),
  ).toBeVisible();
});

test('what was decided is told at once, with its part of the directory: in the list and in a history read before', async ({ page }) => {
  const whole = 'Role User Administrator in the administrative unit Lisbon office';
  await open(page);
  await page.getByRole('link', { name: 'History' }).click();
  const ended = page.getByRole('table', { name: 'Requests that ended' });
  await expect(ended).toBeVisible({ timeout: 15_000 });
  const entry = ended.getByRole('row').filter({ hasText: 'Onboard eleven people in Lisbon' });
  await expect(entry).toHaveCount(0);
  await page.goBack();
  const row = page.locator('.inbox-list tr').filter({ hasText: whole });
  await expect(row.getByRole('checkbox', { name: new RegExp(`^Select .* → ${whole}$`) })).toBeVisible();
  await row.getByRole('link').first().click();
  await page.getByRole('textbox', { name: 'Justification' }).fill('Agreed');
  await page.getByRole('button', { name: /^Approve –/ }).click();
  await expect(page.getByText(/^Approved at/).first()).toBeVisible({ timeout: 15_000 });
  await page.locator('.inbox-open').getByRole('link', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Decided in this session' })).toContainText(whole);
  await page.getByRole('link', { name: 'History' }).click();
  await expect(entry).toContainText('approved', { timeout: 15_000 });
  await expect(entry).toContainText(whole);
});

test('a cloud that lists requests for roles without their approvals says so in the list', async ({ page, tenant }) => {
  await tenant.setFaults({ path: 'roleAssignmentApprovals', effect: { kind: 'refuse', status: 400 } });
  await open(page);
  await expect(page.getByText('Requests for Entra roles can be read here, but not decided')).toBeVisible();
  await axe(page);
  await page.getByRole('row').filter({ hasText: 'Role Reports Reader' }).getByRole('link').first().click();
  await expect(page.locator('.inbox-open').getByText('Requests for Entra roles can be read here, but not decided')).toBeVisible();
});

for (const width of [1280, 360]) {
  test(`no row moves when its marks come, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    let go = () => {};
    const told = new Promise<void>((done) => (go = done));
    await page.route(`${GRAPH}/**/$batch`, async (route) => {
      await told;
      await route.fallback();
    });
    await open(page);
    const places = () =>
      page.locator('.inbox-list tbody tr').evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().top + scrollY)));
    await expect(page.getByText('Role Global Administrator', { exact: true })).toBeVisible();
    const before = await places();
    go();
    await expect(page.getByText('denied before').first()).toBeVisible();
    expect(await places()).toEqual(before);
  });
}

test('where only the person’s own requests are listed, a new one is not told beside “No requests are waiting for you”', async ({ page, tenant }) => {
  await tenant.addRequest({ principal: 'ana', group: 'Tier-0 Operators', access: 'member', justification: 'My own', approvers: ['ana'] });
  await signIn(page, 'ana', '#/approvals');
  await expect(page.getByText('My own')).toBeVisible();
  await expect(page.getByText('No requests are waiting for you.')).toBeVisible();
  await tenant.addRequest({ principal: 'rhea', group: 'Tier-0 Operators', access: 'member', justification: 'Brand new', approvers: ['ana'] });
  // A read by itself, as after a while in the background.
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 60_000;
    globalThis.dispatchEvent(new Event('focus'));
  });
  const show = page.getByRole('button', { name: 'Show', exact: true });
  await expect(show).toBeVisible();
  await expect(page.getByText('No requests are waiting for you.')).toHaveCount(0);
  await show.click();
  await expect(page.getByText('Brand new')).toBeVisible();
});

test('the address of a request for a role leads to the permission where roles are not read', async ({ page, tenant, watch }) => {
  watch.allow(/40[034]/);
  const id = await tenant.addRequest({ principal: 'rhea', role: 'Reports Reader', justification: 'Mail flow', approvers: ['dana'] });
  await signIn(page, 'dana', `#/approvals/${id}`);
  const pane = page.locator('.inbox-open');
  await expect(pane.getByText('It may be a request for an Entra role; those are not shown yet.')).toBeVisible();
  await axe(page);
  await pane.getByRole('button', { name: 'Also show requests for Entra roles' }).click();
  const accept = page.getByRole('button', { name: 'Accept', exact: true });
  await expect(accept.or(pane.getByText('Mail flow')).first()).toBeVisible({ timeout: 15_000 });
  if (await accept.isVisible()) await accept.click();
  await expect(pane.getByText('Mail flow')).toBeVisible({ timeout: 15_000 });
});

test('why the permission for roles could not be had is told once, where it was asked for', async ({ page, watch }) => {
  watch.allow(/40[034]/, /Failed to load resource/, /Failed to fetch/);
  await signIn(page, 'dana', '#/approvals/00000000-0000-4000-8000-00000000dead');
  const pane = page.locator('.inbox-open');
  await expect(pane.getByText('It may be a request for an Entra role; those are not shown yet.')).toBeVisible();
  await page.route(`${LOGIN}/**/token`, (route) => route.abort());
  const name = 'Also show requests for Entra roles';
  const told = page.getByRole('main').getByText('The sign-in service could not be reached');
  await pane.getByRole('button', { name }).click();
  await expect(pane.getByText('The sign-in service could not be reached')).toBeVisible();
  await expect(told).toHaveCount(1);
  // Once the request is closed, the list says why.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Approvals/ }).click();
  await expect(page.getByText('Requests for groups only.')).toBeVisible();
  await expect(told).toHaveCount(1);
});
