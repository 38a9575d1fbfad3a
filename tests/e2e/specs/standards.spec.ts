// Templates, baselines and the report.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { withRoles } from '../harness/roles';
import { goesOnPaper } from '../harness/paper';
import { plan, send } from '../harness/plan';
import { signIn } from '../harness/sign-in';
import { CONFIG } from '../harness/tenant';
import { expect, test } from '../harness/test';

const GROUP = 'Tier-0 Operators';

/** The file that a button saves. */
async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

const file = (name: string, content: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});

const templates = (list: unknown[]) => ({ format: 'pim-desk/templates', version: 1, templates: list });

test('a template is made from a policy, edited, exported, kept, deleted and brought back', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await signIn(page, 'ana', `#/groups/${id}/member/activation`);
  await page.getByRole('button', { name: 'Save as template…' }).click();
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await name.fill('x'.repeat(130));
  await expect(name).toHaveValue('x'.repeat(130));
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/Shorten it to 120 characters\./);
  await expect(dialog.getByRole('button', { name: /as a template$/ })).toHaveAccessibleDescription('Shorten the name first.');
  await axe(page);
  await name.fill('Tier 0');
  await expect(name).not.toHaveAttribute('aria-invalid', 'true');
  await dialog.getByRole('button', { name: 'Select none' }).click();
  await dialog.getByRole('checkbox', { name: /^Activation maximum duration \(hours\): 4 h/ }).check();
  await dialog.getByRole('checkbox', { name: /^Require ticket information on activation/ }).check();
  await axe(page);
  await dialog.getByRole('button', { name: 'Save 2 settings as a template' }).click();
  await expect(page).toHaveURL(`${APP}#/templates/tier-0`);
  await expect(page.getByRole('heading', { level: 1, name: 'Tier 0' })).toBeVisible();
  await axe(page);

  const hours = page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
  await hours.fill('soon');
  await expect(page.getByText('“soon:0” is not a duration.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy to…' })).toHaveAttribute('aria-disabled', 'true');
  await hours.fill('2');
  await page.getByRole('combobox', { name: 'Setting to add' }).selectOption({ label: 'Require approval to activate' });
  await page.getByRole('button', { name: 'Add setting' }).click();
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).check();
  await page.getByRole('button', { name: 'Remove: Require ticket information on activation' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Tier 0, strict');
  const written = JSON.parse(await saved(page, 'Export'));
  expect(written).toEqual(
    templates([
      {
        key: 'tier-0',
        name: 'Tier 0, strict',
        for: 'members',
        settings: { 'activation.duration': 'PT2H', 'activation.approval': true },
      },
    ]),
  );

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Tier 0, strict' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Require approval to activate' })).toBeChecked();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(`${APP}#/templates`);
  await expect(page.getByText('“Tier 0, strict” was deleted.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Tier 0, strict' })).toBeVisible();
  await page.getByRole('link', { name: 'Tier 0, strict' }).click();
  await page.getByRole('button', { name: 'Use as reference' }).click();
  await expect(page).toHaveURL(`${APP}#/matrix?ref=template%3Atier-0`);
});

test('a damaged file is told by path and nothing of it is taken; a good one is taken in beside what is there', async ({ page }) => {
  await signIn(page, 'ana', '#/templates');
  await expect(page.getByText('This browser keeps no template')).toBeVisible();
  const field = page.getByLabel('Import a file');
  const good = { key: 'a', name: 'Good', settings: { 'activation.ticket': true } };
  await field.setInputFiles(
    file('damaged.json', templates([good, { key: 'B!', name: 'Bad', settings: { 'activation.duration': 8, x: 1 } }])),
  );
  const alert = page.getByRole('alert').filter({ hasText: 'Nothing was imported' });
  await expect(alert).toContainText('templates[1].key');
  await expect(alert).toContainText('templates[1].settings["activation.duration"] must be an ISO 8601 duration');
  await expect(alert).toContainText('templates[1].settings.x is not a setting');
  await expect(page.getByRole('link', { name: 'Good' })).toHaveCount(0);
  await axe(page);
  await field.setInputFiles(file('cut.json', '{"format": "pim-desk/templates", "version"'));
  await expect(alert).toContainText('is not JSON');
  await field.setInputFiles(file('good.json', templates([good])));
  await expect(page.getByRole('link', { name: 'Good' })).toBeVisible();
  await expect(alert).toHaveCount(0);
  await field.setInputFiles(file('other.json', templates([{ ...good, name: 'Other' }])));
  await expect(page.getByRole('link', { name: 'Other' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(3);
  await axe(page);
});

test('what is typed into a template is neither cut nor lost to an undo', async ({ page }) => {
  await signIn(page, 'ana', '#/templates');
  await page.getByLabel('Import a file').setInputFiles(
    file('two.json', templates([
      { key: 'base', name: 'Base', settings: { 'activation.duration': 'PT8H' } },
      { key: 'strict', name: 'Strict', settings: { 'activation.duration': 'PT1H', 'activation.ticket': true } },
    ])),
  );
  await page.getByRole('link', { name: 'Base' }).click();
  await page.getByRole('combobox', { name: 'Merge another template into this one' }).selectOption({ label: 'Strict' });
  await page.getByRole('button', { name: 'Apply its settings' }).click();
  const hours = page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
  await expect(hours).toHaveValue('1');
  await hours.fill('3');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Remove: Require ticket information on activation' })).toHaveCount(0);
  await expect(hours).toHaveValue('3');

  const description = page.getByRole('textbox', { name: 'Description' });
  await description.fill('What it is for');
  await description.fill('x'.repeat(1001));
  await expect(page.getByText('Shorten it to 1000 characters. Until then the previous one is kept.')).toBeVisible();
  await expect(description).toHaveValue('x'.repeat(1001));
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('y'.repeat(121));
  await expect(page.getByText('Shorten it to 120 characters. Until then the previous one is kept.')).toBeVisible();
  await expect(name).toHaveValue('y'.repeat(121));
  await axe(page);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Base' })).toBeVisible();
  await expect(description).toHaveValue('What it is for');
});

test('what is kept and cannot be read is never written over', async ({ page }) => {
  await signIn(page, 'ana', '#/templates');
  await page.getByRole('button', { name: 'New template' }).click();
  await expect(page).toHaveURL(`${APP}#/templates/new-template`);
  const newer = '{"tomorrow":1}';
  const name = await page.evaluate((text) => {
    const own = Object.keys(localStorage).find((key) => key.startsWith('pim-desk.template.')) ?? '';
    localStorage.setItem(own, text);
    return own;
  }, newer);
  await page.goto(`${APP}#/templates`);
  await page.reload();
  await expect(page.getByText(/^1 template in this browser could not be read/)).toBeVisible();
  await page.getByRole('button', { name: 'New template' }).click();
  await expect(page).toHaveURL(`${APP}#/templates/new-template-2`);
  expect(await page.evaluate((key) => localStorage.getItem(key), name)).toBe(newer);
});

test('templates of the team can be used and duplicated, not changed; a wrong file is told', async ({ page }) => {
  const team = { key: 'standard', name: 'Team standard', description: 'For all', settings: { 'active.permanent': false } };
  await page.route('**/config.json', (route) => route.fulfill({ json: { ...CONFIG, templates: true } }));
  await page.route('**/templates.json', (route) => route.fulfill({ json: templates([team]) }));
  await signIn(page, 'ana', '#/templates/team.standard');
  await expect(page.getByRole('heading', { level: 1, name: 'Team standard' })).toBeVisible();
  await expect(page.getByText('Your team hosts this template.')).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await axe(page);
  await page.getByRole('button', { name: 'Copy to…' }).click();
  await expect(page).toHaveURL(`${APP}#/rollout`);
  await expect(page.getByText('You see what changes in each policy before anything is sent.')).toBeVisible();
  await expect(page.getByText('Copies settings from one policy to others.')).toHaveCount(0);
  await page.goto(`${APP}#/templates/team.standard`);
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page).toHaveURL(`${APP}#/templates/team-standard-copy`);
  await expect(page.getByRole('checkbox', { name: 'Allow permanent active assignment' })).not.toBeChecked();

  await page.unroute('**/templates.json');
  await page.route('**/templates.json', (route) => route.fulfill({ json: { ...templates([]), version: 9 } }));
  await page.goto(`${APP}#/templates`);
  await page.reload();
  await expect(page.getByText('None of it is used.')).toBeVisible();
  await expect(page.getByText('is a version that PIM Desk does not read; it reads version 1.')).toBeVisible();
});

test('the file of the team is asked for only where the configuration speaks of it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/templates.json')) {
      asked.push(request.url());
    }
  });
  await signIn(page, 'ana', '#/templates');
  await expect(page.getByRole('button', { name: 'New template' })).toBeVisible();
  expect(asked).toEqual([]);
  await page.route('**/config.json', (route) => route.fulfill({ json: { ...CONFIG, templates: true } }));
  await page.route('**/templates.json', (route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }));
  await page.reload();
  await expect(page.getByText('templates.json is not next to it')).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('what the browser refuses to keep is said, and can still be exported', async ({ page }) => {
  await signIn(page, 'ana', '#/templates');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.getByRole('button', { name: 'New template' }).click();
  await expect(page.getByText('The browser did not keep the last change')).toBeVisible();
  expect(JSON.parse(await saved(page, 'Export')).templates).toHaveLength(1);
});

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

test('one template is laid over another, and taken away again', async ({ page }) => {
  await signIn(page, 'ana', '#/templates');
  const base = { key: 'base', name: 'Base', settings: { 'activation.duration': 'PT8H', 'active.permanent': false } };
  const tier = { key: 'tier', name: 'Tier 0', settings: { 'activation.duration': 'PT1H', 'activation.ticket': true } };
  await page.getByLabel('Import a file').setInputFiles(file('two.json', templates([base, tier])));
  await page.getByRole('link', { name: 'Base' }).click();
  const other = page.getByRole('combobox', { name: 'Merge another template into this one' });
  await expect(page.getByRole('button', { name: 'Apply its settings' })).toHaveAttribute('aria-disabled', 'true');
  await other.selectOption({ label: 'Tier 0' });
  await page.getByRole('button', { name: 'Apply its settings' }).click();
  await expect(page.getByText('1 setting added, 1 replaced')).toBeVisible();
  await axe(page);
  const { settings } = JSON.parse(await saved(page, 'Export')).templates[0];
  expect(settings).toEqual({ 'activation.duration': 'PT1H', 'activation.ticket': true, 'active.permanent': false });
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(JSON.parse(await saved(page, 'Export')).templates[0].settings).toEqual(base.settings);
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
  test(`axe: report and a template, in each look, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await withRoles(page);
    await signIn(page, 'ana', '#/report');
    await expect(page.getByText('not met', { exact: true }).and(page.locator(':not(option)')).first()).toBeVisible();
    await axeInEachLook(page);
    await page.goto(`${APP}#/templates`);
    await page.getByLabel('Import a file').setInputFiles(
      file('all.json', templates([{
        key: 'all',
        name: 'All kinds',
        settings: {
          'activation.duration': 'PT8H',
          'activation.requirement': { context: 'c1' },
          'activation.approval': true,
          'activation.approvers': [{ kind: 'user', id: '7e526275-97a8-4dc6-932a-4db521cccf96' }],
          'eligible.expiry': 'P90D',
          'Notification_Admin_EndUser_Assignment.recipients': ['soc@contoso.com'],
        },
      }])),
    );
    await page.getByRole('link', { name: 'All kinds' }).click();
    await expect(page.getByRole('group', { name: 'Activation maximum duration (hours)' })).toBeVisible();
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
