// What would not work, across all policies.
import { expect } from '@playwright/test';
import { APP } from '../../harness/browser';
import { showRoles } from '../../harness/roles';
import { signIn } from '../../harness/sign-in';
import type { Scenario } from '../scenario';

export const deadEnds: Scenario[] = [
  {
    name: 'dead-ends',
    show: async (page) => {
      await showRoles(page);
      await page.goto(`${APP}#/dead-ends`);
      await expect(page.getByRole('table', { name: 'Dead ends' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
    },
  },
  {
    name: 'dead-ends-unchecked',
    show: async (page) => {
      await signIn(page, 'ana', '#/dead-ends?kind=approvers');
      await expect(page.getByText('needs Policy.Read.All')).toBeVisible();
    },
  },
  {
    name: 'dead-ends-none',
    show: async (page) => {
      await signIn(page, 'ana', '#/dead-ends?q=no+such+group');
      await expect(page.getByText('No dead end matches these filters.')).toBeVisible();
    },
  },
  {
    name: 'dead-ends-refused',
    show: async (page) => {
      await signIn(page, 'otto', '#/dead-ends');
      await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
    },
  },
];
