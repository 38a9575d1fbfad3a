// A group's policy: its tabs, edits, and what different people may do.
import { expect, type Page } from '@playwright/test';
import { APP } from '../../harness/browser';
import { signIn, type Person } from '../../harness/sign-in';
import type { Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';

export const GROUP = 'Tier-0 Operators';

/** Signs in and opens a tab of a group's policy. */
export async function open(page: Page, tenant: Tenant, tab = 'member/activation', person: Person = 'ana', group = GROUP) {
  const { id } = await tenant.group(group);
  await signIn(page, person, `#/groups/${id}/${tab}`);
  await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

/** Three changes, one of which weakens security. */
export async function change(page: Page) {
  await page.getByLabel('hours', { exact: true }).fill('2');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('checkbox', { name: 'Require approval to activate' }).uncheck();
  await expect(page.getByText('3 changes, 1 weakens security')).toBeVisible();
}

const tab = (name: string, address: string): Scenario => ({
  name: `policy-${name}`,
  show: (page, tenant) => open(page, tenant, address),
});

export const policies: Scenario[] = [
  tab('activation', 'member/activation'),
  tab('assignment', 'member/assignment'),
  tab('notification', 'member/notification'),
  tab('owners', 'owner/activation'),
  {
    name: 'policy-changed',
    show: async (page, tenant) => {
      await open(page, tenant);
      await change(page);
    },
  },
  {
    name: 'policy-notification-changed',
    show: async (page, tenant) => {
      await open(page, tenant, 'member/notification');
      const mail = page.getByRole('group', { name: 'Notification to activated user (requestor)' });
      await mail.getByRole('textbox', { name: 'Additional recipients' }).fill('soc@contoso.com');
      await page.keyboard.press('Enter');
      await mail.getByRole('checkbox').last().click();
      await mail.getByRole('textbox', { name: 'Additional recipients' }).fill('soc at contoso');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'policy-field-error',
    show: async (page, tenant) => {
      await open(page, tenant);
      for (const name of ['Dana Ruiz', 'Tier-0 Approvers']) await page.getByRole('button', { name: `Remove ${name}` }).click();
      await expect(page.getByText('No approver is selected: nobody could approve.')).toBeVisible();
    },
  },
  {
    name: 'policy-picker',
    show: async (page, tenant) => {
      await open(page, tenant);
      await page.getByRole('combobox', { name: 'Add approver' }).fill('ol');
      await expect(page.getByRole('option', { name: /Olga Petrenko/ })).toBeVisible();
    },
  },
  {
    name: 'policy-context',
    show: async (page, tenant) => {
      await open(page, tenant);
      await page.getByRole('radio', { name: /authentication context/i }).check();
    },
  },
  {
    name: 'policy-rule',
    show: async (page, tenant) => {
      await open(page, tenant);
      await page.getByRole('button', { name: 'Show Graph rule: Activation maximum duration' }).click();
      await expect(page.getByRole('dialog')).toContainText('maximumDuration');
    },
  },
  {
    name: 'policy-leave',
    show: async (page, tenant) => {
      await open(page, tenant);
      await change(page);
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click();
      await expect(page.getByRole('dialog', { name: 'Leave 3 unsaved changes?' })).toBeVisible();
    },
  },
  {
    name: 'policy-restored',
    show: async (page, tenant) => {
      await open(page, tenant);
      await change(page);
      page.on('dialog', (dialog) => dialog.accept());
      await page.reload();
      await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
    },
  },
  {
    name: 'policy-read-only',
    show: async (page, tenant) => {
      await open(page, tenant, 'member/activation', 'rhea');
      await expect(page.getByText('You can probably only read this policy')).toBeVisible();
    },
  },
  { name: 'policy-read-only-notification', show: (page, tenant) => open(page, tenant, 'member/notification', 'rhea') },
  {
    name: 'policy-forbidden',
    show: async (page, tenant) => {
      await open(page, tenant, 'member/activation', 'otto');
      await expect(page.getByText("You may not read this group's policy").first()).toBeVisible();
      await page.locator('#app').getByText('Details', { exact: true }).first().click();
    },
  },
  {
    name: 'policy-not-in-pim',
    show: (page, tenant) => open(page, tenant, 'member/activation', 'ana', 'Break-glass custodians'),
  },
  { name: 'policy-dynamic', show: (page, tenant) => open(page, tenant, 'member/activation', 'ana', 'All Employees') },
  {
    name: 'policy-loading',
    show: async (page, tenant) => {
      const { id } = await tenant.group(GROUP);
      await page.route(/\$batch/, () => new Promise<void>(() => {}));
      await signIn(page, 'ana', `#/groups/${id}/member/activation`);
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'policy-no-group',
    show: async (page) => {
      await signIn(page, 'ana', '#/groups/00000000-0000-4000-8000-00000000dead/member/activation');
      await expect(page.getByText('This group was not found')).toBeVisible();
    },
  },
  {
    name: 'session-ended',
    show: async (page, tenant) => {
      await signIn(page, 'ana', '#/groups');
      await expect(page.getByRole('heading', { name: 'In PIM' })).toBeVisible();
      await tenant.reset();
      await tenant.setFaults({ path: '/v1.0/', effect: { kind: 'revokeToken' } }, { path: '/beta/', effect: { kind: 'revokeToken' } });
      const { id } = await tenant.group(GROUP);
      await page.goto(`${APP}#/groups/${id}/member/activation`);
      await expect(page.getByRole('button', { name: 'Sign in to continue' }).first()).toBeVisible();
    },
  },
];
