// The views whose layout is tested: who opens which address, and what is there once it is complete.
import type { Page } from '@playwright/test';
import type { Person } from './sign-in';

export const views: [name: string, person: Person, address: string, ready: (page: Page) => Promise<unknown>][] = [
  ['groups', 'ana', '#/groups', (page) => page.getByRole('heading', { level: 1 }).waitFor()],
  ['roles', 'ana', '#/roles', (page) => page.getByRole('heading', { level: 1 }).waitFor()],
  ['approvals', 'dana', '#/approvals', (page) => page.getByRole('button', { name: /^Approve/ }).first().waitFor()],
  [
    'selected requests',
    'dana',
    '#/approvals',
    async (page) => {
      await page.getByRole('checkbox', { name: /^Select all/ }).check();
      await page.getByRole('button', { name: /^Approve \d+ requests/ }).waitFor();
    },
  ],
  [
    'an open request',
    'dana',
    '#/approvals',
    async (page) => {
      await page.locator('.requests.waiting tbody th a').first().click();
      await page.locator('.request-facts').first().waitFor();
    },
  ],
  [
    'a selected row of the matrix',
    'ana',
    '#/matrix',
    async (page) => {
      await page.getByText(/^Read at/).waitFor();
      await page.locator('.grid tbody tr').first().getByRole('checkbox').check();
      await page.getByRole('button', { name: /^Copy settings/ }).first().waitFor();
    },
  ],
  ['decisions of the past', 'dana', '#/approvals/history', (page) => page.getByRole('row').nth(3).waitFor()],
  ['matrix', 'ana', '#/matrix', (page) => page.getByText(/^Read at/).waitFor()],
  ['dead ends', 'ana', '#/dead-ends', (page) => page.getByText(/^\d+ dead ends/).waitFor()],
  ['report', 'ana', '#/report', (page) => page.locator('.report-part').first().waitFor()],
  ['snapshots', 'ana', '#/snapshots', (page) => page.getByRole('button', { name: /snapshot/i }).first().waitFor()],
  ['templates', 'ana', '#/templates', (page) => page.getByRole('heading', { level: 1 }).waitFor()],
  ['changes', 'ana', '#/changes', (page) => page.getByRole('heading', { level: 1 }).waitFor()],
  ['help', 'ana', '#/help', (page) => page.getByRole('heading', { level: 1 }).waitFor()],
];
