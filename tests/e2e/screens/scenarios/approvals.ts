// The requests that wait, one of them, and how a decision can end.
import { expect, type Page } from '@playwright/test';
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

const ended = (page: Page, words: RegExp) => expect(page.getByText(words).first()).toBeVisible({ timeout: 30_000 });

export const approvals: Scenario[] = [
  { name: 'approvals', show: (page) => inbox(page) },
  {
    name: 'approvals-empty',
    show: async (page) => {
      await signIn(page, 'ana', '#/approvals');
      await ended(page, /Nothing waits for you/);
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
      await deny.click(); // turns to denying
      await deny.click();
      await ended(page, /Say why you deny/);
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
      await ended(page, /not known whether the decision arrived/);
    },
  },
  {
    name: 'request-own',
    show: async (page) => {
      await inbox(page);
      await page.getByRole('link', { name: 'Dana Ruiz' }).first().click();
      await ended(page, /Another approver has to decide it/);
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
