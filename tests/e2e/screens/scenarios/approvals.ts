// The requests that wait, one of them, and how a decision can end.
import { expect, type Page } from '@playwright/test';
import { withRoles } from '../../harness/roles';
import { signIn, type Person } from '../../harness/sign-in';
import type { Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';

const inbox = async (page: Page, person: Person = 'dana') => {
  await signIn(page, person, '#/approvals');
  await expect(page.getByText(/^Last checked/).first()).toBeVisible();
};

const request = async (page: Page, group = 'Tier-0 Operators', requester = 'Anton Sato') => {
  await inbox(page);
  await page.locator('tr', { hasText: group }).getByRole('link', { name: requester }).click();
  await expect(page.getByRole('heading', { name: 'Your decision' })).toBeVisible();
};

const approve = async (page: Page, before: (id: string) => Promise<void> = async () => {}) => {
  await request(page);
  await page.getByRole('textbox', { name: 'Justification' }).fill('CHG0041877 is approved');
  await before(page.url().split('/').pop() ?? '');
  await page.getByRole('button', { name: /^Approve –/ }).click();
};

const ended = (page: Page, words: RegExp) => expect(page.getByText(words).filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });

const both = async (page: Page) => {
  await withRoles(page);
  await inbox(page);
  await expect(page.getByText('denied before').first()).toBeVisible();
};

const selected = async (page: Page) => {
  await both(page);
  for (const name of ['Zoë Haddad', 'Chidi Tanaka', 'Anton Sato']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Select ${name}`) }).check();
  }
};

const review = async (page: Page) => {
  await selected(page);
  await page.getByRole('button', { name: 'Approve 3 requests' }).click();
};

export const approvals: Scenario[] = [
  { name: 'approvals', show: both },
  { name: 'approvals-groups-only', show: (page) => inbox(page) },
  { name: 'approvals-selected', show: selected },
  { name: 'approvals-review', show: review },
  {
    name: 'approvals-results',
    show: async (page, tenant) => {
      await review(page);
      await tenant.setFaults({ method: 'PATCH', path: '/stages/', skip: 1, times: 1, effect: { kind: 'refuse', status: 403 } });
      await page.getByRole('checkbox', { name: /different groups or roles/ }).check();
      await page.getByRole('textbox', { name: 'Justification' }).fill('Change window tonight');
      await page.getByRole('dialog').getByRole('button', { name: 'Approve 3 requests' }).click();
      await expect(page.getByRole('button', { name: 'Try 1 request again' })).toBeVisible({ timeout: 25_000 });
    },
  },
  {
    name: 'approvals-no-match',
    show: async (page) => {
      await both(page);
      await page.getByRole('searchbox').fill('nothing like this');
      await ended(page, /No request matches these filters/);
    },
  },
  {
    name: 'approvals-many',
    show: async (page, tenant) => {
      await tenant.reset({ requests: 500 });
      await withRoles(page);
      await inbox(page);
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await ended(page, /^51–100 of/);
    },
  },
  {
    name: 'approvals-keys',
    show: async (page) => {
      await both(page);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
  {
    name: 'approvals-roles-refused',
    show: async (page, tenant) => {
      await tenant.setFaults({ path: 'roleAssignmentScheduleRequests', effect: { kind: 'refuse', status: 403 } });
      await withRoles(page);
      await inbox(page);
      await ended(page, /does not let you read requests for Entra roles/);
    },
  },
  {
    name: 'request-role',
    show: async (page) => {
      await both(page);
      await page.getByRole('link', { name: 'Adele Brandt' }).first().click();
      await ended(page, /Policy requires/);
    },
  },
  {
    name: 'request-extension',
    show: async (page) => {
      await both(page);
      await page.getByRole('link', { name: 'Søren Tanaka' }).first().click();
      await ended(page, /extend or renew/);
    },
  },
  {
    name: 'history',
    show: async (page) => {
      await withRoles(page);
      await signIn(page, 'dana', '#/approvals/history');
      await expect(page.getByRole('table', { name: 'Requests that ended' })).toBeVisible({ timeout: 15_000 });
      await page.getByText('By group and role', { exact: true }).first().click();
    },
  },
  {
    name: 'history-empty',
    show: async (page) => {
      await signIn(page, 'ana', '#/approvals/history');
      await ended(page, /No requests for groups ended in the last 30 days/);
    },
  },
  {
    name: 'history-broke-off',
    show: async (page, tenant) => {
      await tenant.reset({ requests: 240 });
      await tenant.setFaults({ path: '$skiptoken', effect: { kind: 'refuse', status: 500 } });
      await signIn(page, 'dana', '#/approvals/history');
      await expect(page.getByRole('main').getByText(/^Reading stopped early/)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('table', { name: 'Requests that ended' })).toBeVisible();
    },
  },
  {
    name: 'approvals-empty',
    show: async (page) => {
      await signIn(page, 'ana', '#/approvals');
      await ended(page, /No requests are waiting for you/);
    },
  },
  {
    name: 'approvals-loading',
    show: async (page) => {
      await page.route(/filterByCurrentUser|assignmentScheduleRequests/, () => new Promise<void>(() => {}));
      await signIn(page, 'dana', '#/approvals');
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
  },
  {
    name: 'approvals-error',
    show: async (page, tenant) => {
      const message = '{"errorCode":"PermissionScopeNotGranted","message":"A permission scope is missing."}';
      const body = JSON.stringify({ error: { code: 'UnknownError', message } });
      await tenant.setFaults({
        path: 'assignmentScheduleRequests',
        effect: { kind: 'replace', status: 403, contentType: 'application/json', body },
      });
      await signIn(page, 'dana', '#/approvals');
      await page.locator('#app').getByText('Details', { exact: true }).first().click();
    },
  },
  { name: 'request', show: (page) => request(page) },
  { name: 'request-hostile', show: (page) => request(page, 'Incident Responders', '') },
  {
    name: 'request-denied-without-words',
    show: async (page) => {
      await request(page);
      const deny = page.getByRole('button', { name: /^Deny/ });
      await deny.click(); // switches to denying
      await deny.click();
      await ended(page, /Enter a justification to deny/);
    },
  },
  {
    name: 'approvals-decided',
    show: async (page) => {
      await approve(page);
      await ended(page, /^Approved at/);
      await page.getByRole('link', { name: 'Back to approvals' }).or(page.getByRole('button', { name: 'Back to approvals' })).click();
      await ended(page, /Decided in this session/);
    },
  },
  {
    name: 'request-approved',
    show: async (page) => {
      await approve(page);
      await ended(page, /^Approved at/);
    },
  },
  {
    name: 'request-already-decided',
    show: async (page, tenant) => {
      await approve(page, (id) => tenant.decide({ request: id, by: 'olga', approve: false, justification: 'no' }));
      await ended(page, /Already denied by/);
    },
  },
  {
    name: 'request-unknown-outcome',
    show: async (page, tenant: Tenant) => {
      await approve(page, () => tenant.setFaults({ method: 'PATCH', path: '/stages/', effect: { kind: 'dropBefore' } }));
      await ended(page, /not known whether your decision was recorded/);
    },
  },
  {
    name: 'request-sent-before',
    show: async (page, tenant: Tenant) => {
      await approve(page, () => tenant.setFaults({ method: 'PATCH', path: '/stages/', effect: { kind: 'dropBefore' } }));
      await ended(page, /not known whether your decision was recorded/);
      await page.reload();
      await ended(page, /the result is not known/);
    },
  },
  {
    name: 'request-typed-early',
    show: async (page) => {
      await inbox(page);
      await page.route('**/$batch', (route) =>
        /assignmentApprovals/.test(route.request().postData() ?? '') ? new Promise<void>(() => {}) : route.fallback(),
      );
      await page.locator('tr', { hasText: 'Anton Sato' }).first().getByRole('button', { name: /^Deny/ }).click();
      await page.getByRole('textbox', { name: 'Justification' }).press('Control+Enter');
      await ended(page, /still loading/);
    },
  },
  {
    name: 'request-own',
    show: async (page) => {
      await inbox(page);
      await page.getByRole('link', { name: 'Dana Ruiz' }).first().click();
      await ended(page, /Another approver must decide it/);
    },
  },
  {
    name: 'request-unknown',
    show: async (page) => {
      await signIn(page, 'dana', '#/approvals/00000000-0000-4000-8000-00000000dead');
      await ended(page, /This request was not found/);
    },
  },
];
