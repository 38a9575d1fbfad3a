// Templates: made, imported, edited, hosted for the team.
import { axe, axeInEachLook } from '../harness/axe';
import { APP } from '../harness/browser';
import { saved } from '../harness/saved';
import { signIn } from '../harness/sign-in';
import { CONFIG } from '../harness/tenant';
import { expect, test } from '../harness/test';

const GROUP = 'Tier-0 Operators';

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

for (const width of [320, 1280]) {
  test(`axe: a template in each look, ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, 'ana', '#/templates');
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
