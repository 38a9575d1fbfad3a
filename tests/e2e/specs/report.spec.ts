// The report: baselines, their lines, and which policies meet them.
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { goesOnPaper } from '../harness/paper';
import { plan, send } from '../harness/plan';
import { withRoles } from '../harness/roles';
import { saved } from '../harness/saved';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const GROUP = 'Tier-0 Operators';

test('without what Entra roles need, lines about roles are not known; nothing is called met', async ({ page }) => {
  await signIn(page, 'ana', '#/report');
  await expect(page.getByText('Entra roles are not part of this report yet')).toBeVisible();
  await expect(page.getByRole('link', { name: `${GROUP} (members)` }).first()).toBeVisible();
  await expect(page.getByText('Entra roles needs RoleManagement.Read.Directory').first()).toBeVisible();
  await expect(page.getByText(/^0 met, 0 not met, \d+ not known/)).toBeVisible();
  await expect(page.getByText('MS.AAD.7.1v1, MS.AAD.7.2v1')).toBeVisible();
  await axe(page);
});

test('a baseline that is about none of the policies is told as that', async ({ page, tenant }) => {
  const { id } = await tenant.group('Network Operators');
  const body = JSON.stringify({ value: [{ id }] });
  await tenant.setFaults({
    path: 'privilegedAccess/group/resources',
    effect: { kind: 'replace', status: 200, contentType: 'application/json', body },
  });
  await signIn(page, 'ana', '#/report');
  await expect(page.getByText('No line of this baseline applies to the policies that were read.')).toBeVisible();
  await expect(page.getByText('No finding matches these filters.')).toHaveCount(0);
  await page.getByRole('link', { name: 'Show in the matrix' }).click();
  await expect(page.getByText(/^No line of this baseline is known to apply to these policies, so nothing is marked\. Lines/)).toBeVisible();
  await expect(page.getByText(/^The reference is not known/)).toHaveCount(0);
});

test('a permission that came on another page is heard of: what groups hold is asked for then', async ({ page }) => {
  await signIn(page, 'ana', '#/report');
  const refused = page.getByText('Entra roles needs RoleManagement.Read.Directory');
  await expect(refused.first()).toBeVisible();
  await page.goto(`${APP}#/roles`);
  await page.getByRole('button', { name: 'Show Entra roles' }).click();
  await expect(page.getByRole('heading', { name: 'Built-in roles' })).toBeVisible();
  await page.goto(`${APP}#/report`);
  await expect(page.getByRole('link', { name: `${GROUP} (members)` }).first()).toBeVisible();
  await expect(refused).toHaveCount(0);
});

test('report: who meets which line, filters in the address, files, and a fix that is sent and meets the line', async ({ page, tenant }) => {
  test.setTimeout(120_000);
  const { id } = await tenant.group(GROUP);
  await tenant.editRule({
    group: id,
    access: 'member',
    rule: 'Expiration_Admin_Assignment',
    patch: { isExpirationRequired: false },
    by: 'olga',
  });
  await withRoles(page);
  await signIn(page, 'ana', '#/report');
  const line = page.locator('.report-part').filter({ hasText: 'MS.AAD.7.4v1' });
  const row = line.getByRole('row').filter({ hasText: `${GROUP} (members)` });
  await expect(row).toContainText('not met');
  await expect(row).toContainText('Allow permanent active assignment: yes');
  await expect(line.getByRole('row').filter({ hasText: 'Global Administrator' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /Permanent active assignments are not allowed/ })).toBeVisible();
  await axe(page);

  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('not-met');
  await page.getByRole('searchbox').fill(GROUP);
  await expect(page).toHaveURL(/#\/report\?verdict=not-met&q=Tier-0%20Operators$/);
  await page.reload();
  await expect(row).toContainText('not met');
  const csv = await saved(page, 'Save as CSV');
  expect(csv).toContain('MS.AAD.7.4v1');
  expect(csv).toContain(id);
  const json = JSON.parse(await saved(page, 'Save as JSON'));
  expect(json.findings.map((one: { subject: string }) => one.subject)).toContain(`groups/${id}/member`);
  expect(json.baseline.notJudged).toHaveLength(4);

  await page.getByRole('link', { name: 'Policy', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: `${GROUP} (members)` })).toBeVisible();
  await axe(page);
  await page.getByRole('link', { name: 'Line', exact: true }).click();
  await page.getByRole('checkbox', { name: new RegExp(`^Select ${GROUP} \\(members\\), MS.AAD.7.4v1`) }).check();
  await page.getByRole('checkbox', { name: new RegExp(`^Select ${GROUP} \\(members\\), MS.AAD.7.7v1`) }).check();
  await page.getByRole('button', { name: 'Propose fixes…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Left out: 1 finding without an address.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Also send alerts to' }).fill('soc@contoso.com;');
  await expect(dialog.getByText('Left out')).toHaveCount(0);
  await axe(page);
  await dialog.getByRole('button', { name: 'Show the plan for 1 policy' }).click();
  await expect(page).toHaveURL(`${APP}#/rollout`);
  await expect(plan(page).getByText(/1 policy would be changed/)).toBeVisible({ timeout: 20_000 });
  await send(page, /^Change 1 policy/);
  await expect(page).toHaveURL(/#\/rollout\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  await expect(page.getByRole('row').filter({ hasText: GROUP }).getByText('saved', { exact: true })).toBeVisible();
  expect(await tenant.rule(GROUP, 'member', 'Expiration_Admin_Assignment')).toMatchObject({ isExpirationRequired: true });

  // A report that was read again says that both lines are met.
  await page.goto(`${APP}#/report?q=${encodeURIComponent(GROUP)}`);
  await page.reload();
  await expect(row.getByText('met', { exact: true })).toBeVisible({ timeout: 20_000 });
  const alerts = page.locator('.report-part').filter({ hasText: 'MS.AAD.7.7v1' });
  await expect(alerts.getByRole('row').filter({ hasText: `${GROUP} (members)` }).getByText('met', { exact: true })).toBeVisible();
  const told = await saved(page, 'Save as CSV');
  expect(told).toMatch(/^\uFEFFReport,.*\r\nSource,.*\r\nNot judged,.*\r\nTenant,[0-9a-f-]{36}\r\nSaved by,Ana/);
  expect(told).toMatch(/\r\nRead at,\d{4}-\d\d-\d\dT/);
});

test('the whole report goes on paper, with tenant and time, however the printing is asked for', async ({ page, tenant }) => {
  await tenant.reset({ groups: 98, groupsInPim: 70 });
  await signIn(page, 'ana', '#/report?baseline=deployment-plan&class=owners');
  const rows = page.locator('.report-part').first().getByRole('row').filter({ has: page.getByRole('link') });
  await goesOnPaper(page, rows, 70);
});

test('the plan of Microsoft is judged for members and owners without any more permission', async ({ page }) => {
  await signIn(page, 'ana', '#/report?baseline=deployment-plan&class=owners');
  await expect(page.getByRole('heading', { name: 'Owners of groups: An activation lasts at most 1 h' })).toBeVisible();
  await expect(page.getByRole('link', { name: `${GROUP} (owners)` }).first()).toBeVisible();
  await axe(page);
});

test('a selected finding stays selected when a policy is opened, and is told when filters hide it', async ({ page }) => {
  await signIn(page, 'ana', '#/report?baseline=deployment-plan&class=owners');
  await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible();
  await page.getByRole('checkbox', { name: /^Select .*\(owners\)/ }).first().check();
  const bar = page.getByRole('region', { name: 'Selected findings' });
  await expect(bar.getByText('1 finding selected', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: `${GROUP} (owners)` }).first().click();
  await expect(page).toHaveURL(/#\/groups\//);
  await page.goBack();
  await expect(bar.getByText('1 finding selected', { exact: true })).toBeVisible();
  await page.getByRole('searchbox').fill('zebra');
  await expect(bar.getByText('1 finding selected, 1 of them not shown', { exact: true })).toBeVisible();
});

for (const width of [320, 1280]) {
  test(`axe: the report in each look, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await withRoles(page);
    await signIn(page, 'ana', '#/report');
    await expect(page.getByText('not met', { exact: true }).and(page.locator(':not(option)')).first()).toBeVisible();
    await axeInEachLook(page);
  });
}

test('reading the roles of groups is told, can be stopped, and gone on with', async ({ page }) => {
  await withRoles(page);
  let hold = true;
  await page.route('**/$batch', async (route) => {
    const held = route.request().postData()?.includes('/directory/roleAssignments?');
    while (held && hold) await new Promise((go) => setTimeout(go, 100));
    await route.fallback().catch(() => {}); // the page may be gone or have given the call up
  });
  await signIn(page, 'ana', '#/report');
  const told = page.getByText(/^Reading the Entra roles of \d+ groups…$/);
  await expect(told).toBeVisible({ timeout: 20_000 });
  await axe(page);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(told).toHaveCount(0);
  const left = page.getByRole('main').getByText(/^The Entra roles of \d+ groups were not read, because reading was stopped$/);
  await expect(left).toBeVisible();
  await axe(page);
  hold = false;
  await page.getByRole('button', { name: 'Read the rest' }).click();
  await expect(left).toHaveCount(0);
  await expect(page.getByText(/ met, \d+ not met, 0 not known;/).first()).toBeVisible();
});
