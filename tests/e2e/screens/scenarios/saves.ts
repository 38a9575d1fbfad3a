// The review of changes, and the possible outcomes of a save.
import { expect, type Page } from '@playwright/test';
import { hold } from '../../harness/hold';
import { enter } from '../../harness/sign-in';
import type { Fault, Tenant } from '../../harness/tenant';
import type { Scenario } from '../scenario';
import { GROUP, change, open } from './policies';

async function review(page: Page, tenant: Tenant, group = GROUP) {
  await open(page, tenant, 'member/activation', 'ana', group);
  if (group === GROUP) await change(page);
  else await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('dialog', { name: /^Review/ })).toBeVisible();
}

async function save(page: Page, tenant: Tenant, ...faults: Fault[]) {
  await review(page, tenant);
  await tenant.setFaults(...faults);
  await page.getByRole('button', { name: 'Save 3 changes' }).click();
}

const ended = (page: Page, words: string | RegExp) =>
  expect(page.getByText(words).first()).toBeVisible({ timeout: 60_000 });

export const saves: Scenario[] = [
  { name: 'review', show: (page, tenant) => review(page, tenant) },
  { name: 'review-into-pim', show: (page, tenant) => review(page, tenant, 'Break-glass custodians') },
  {
    name: 'saving',
    show: async (page, tenant) => {
      await save(page, tenant, { method: 'PATCH', path: '/rules/', skip: 1, effect: { kind: 'latency', ms: 20_000 } });
      await ended(page, 'sending');
    },
  },
  {
    name: 'saved',
    show: async (page, tenant) => {
      await save(page, tenant);
      await ended(page, '3 of 3 rules verified.');
    },
  },
  {
    name: 'save-failed',
    show: async (page, tenant) => {
      const body = JSON.stringify({ error: { code: 'InvalidPolicy', message: 'The policy is invalid.' } });
      const effect = { kind: 'replace', status: 400, contentType: 'application/json', body };
      await save(page, tenant, { method: 'PATCH', path: '/rules/', skip: 1, effect });
      await ended(page, /rules verified, 1 failed/);
    },
  },
  {
    name: 'save-not-visible',
    show: async (page, tenant) => {
      await save(page, tenant, { method: 'PATCH', path: '/rules/Expiration', times: 1, effect: { kind: 'neverStored' } });
      await ended(page, /2 of 3 rules verified/);
    },
  },
  {
    // Another tab saves, and two wait for it; this is one of the two.
    name: 'save-waits-for-another-tab',
    show: async (page, tenant) => {
      await review(page, tenant);
      const { id } = await tenant.group(GROUP);
      const inNewTab = async () => {
        const tab = await page.context().newPage();
        await enter(tab, `#/groups/${id}/member/activation`);
        await tab.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
        await tab.getByRole('button', { name: 'Review changes' }).click();
        await expect(tab.getByRole('button', { name: 'Save 1 change', disabled: false })).toBeVisible();
        return tab;
      };
      const [saver, waiting] = [await inNewTab(), await inNewTab()];
      // It is never released: the picture is taken while it saves.
      const held = await hold(saver, 'PATCH', '/rules/');
      await saver.getByRole('button', { name: 'Save 1 change' }).click();
      await held.reached();
      const told = (tab: Page) =>
        expect(tab.getByRole('dialog').getByText('Another tab of this browser is saving to the same group or role')).toBeVisible();
      await waiting.getByRole('button', { name: 'Save 1 change' }).click();
      await told(waiting);
      await page.bringToFront();
      await page.getByRole('button', { name: 'Save 3 changes' }).click();
      await told(page);
    },
  },
  {
    name: 'conflict',
    show: async (page, tenant) => {
      await open(page, tenant, 'member/activation', 'ana', GROUP);
      await change(page);
      // Before the review: a save starts from what the review read.
      await tenant.editRule({
        group: GROUP,
        access: 'member',
        rule: 'Expiration_EndUser_Assignment',
        patch: { maximumDuration: 'PT6H' },
        by: 'olga',
      });
      await page.getByRole('button', { name: 'Review changes' }).click();
      await page.getByRole('button', { name: 'Save 3 changes' }).click();
      await expect(page.getByRole('dialog', { name: 'The same settings were changed meanwhile' })).toBeVisible();
      await ended(page, /last changed by Olga/);
    },
  },
];
