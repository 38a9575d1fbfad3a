import type { Page } from '@playwright/test';
import { axeInAllLooks } from '../harness/axe';
import { expect, test } from '../harness/test';
import { GROUP, hours, open, review } from '../harness/policy';

test('a key typed is counted at once, and what it means for its setting follows', async ({ page, tenant }) => {
  await open(page, tenant);
  const seen = await hours(page).evaluate(async (input: HTMLInputElement) => {
    const type = (text: string) => ((input.value = text), input.dispatchEvent(new Event('input', { bubbles: true })));
    const look = () => [document.querySelector('.action-bar p')?.textContent, !!document.querySelector('.setting .was')];
    type('2');
    // Before anything can be painted.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const first = look();
    // Not before a frame is drawn, which takes its time on a busy machine.
    for (let turn = 0; turn < 100 && !look()[1]; turn += 1) await new Promise((done) => setTimeout(done, 50));
    return { first, then: look() };
  });
  expect(seen.first).toEqual(['1 change', false]);
  expect(seen.then).toEqual(['1 change', true]);
});

test('what was typed gives way to the stored value, the same one again and one without numbers', async ({ page, tenant }) => {
  await open(page, tenant);
  const [own, minutes] = ['Hours', 'Minutes'].map((name) => page.getByRole('textbox', { name }));
  const reset = page.getByRole('button', { name: 'Reset Activation maximum duration (hours)' });
  const stored = await own.inputValue();
  for (const typed of ['2', '3', 'x']) {
    await own.fill(typed);
    await minutes.fill('30');
    await expect(own).toHaveValue(typed);
    await reset.click();
    await expect(own).toHaveValue(stored);
    await expect(minutes).toHaveValue('0');
  }
  await tenant.editRule({
    group: GROUP,
    access: 'member',
    rule: 'Expiration_EndUser_Assignment',
    patch: { maximumDuration: 'P1M' },
    by: 'olga',
  });
  await page.reload();
  await expect(page.getByText('Stored: 1 month', { exact: true })).toBeVisible();
  await own.fill('x');
  await minutes.fill('30');
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(own).toHaveValue('x');
  await expect(minutes).toHaveValue('30');
  await minutes.fill('');
  await own.fill('PT30S');
  await expect(page.getByText('“PT30S” is not a duration.')).toBeVisible();
  await expect(own).toHaveValue('PT30S');
  await reset.click();
  await expect(own).toHaveValue('');
  await expect(minutes).toHaveValue('');
});

test('a setting that another one brings with it is shown at once', async ({ page, tenant }) => {
  await tenant.editRule({
    group: GROUP,
    access: 'member',
    rule: 'Expiration_Admin_Eligibility',
    patch: { isExpirationRequired: false, maximumDuration: 'PT0S' },
    by: 'olga',
  });
  await open(page, tenant, 'assignment');
  const period = page.getByRole('combobox', { name: 'Expire eligible assignments after' });
  const permanent = page.getByRole('checkbox', { name: 'Allow permanent eligible assignment' });
  const select = await period.elementHandle();
  const seen = await permanent.evaluate(async (box: HTMLInputElement, select) => {
    box.click();
    // Before anything can be painted.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    return [document.querySelector('.action-bar p')?.textContent, (select as HTMLSelectElement).value];
  }, select);
  expect(seen).toEqual([expect.stringMatching(/^2 changes/), 'P365D']);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(permanent).toBeChecked();
  await expect(period).not.toHaveValue('P365D');
});

/** Types the hours and opens the review at once; returns what the review says first. */
const typeAndReview = (page: Page, text: string) =>
  hours(page).evaluate(async (input: HTMLInputElement, text) => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    [...document.querySelectorAll('button')].find((button) => button.textContent === 'Review changes')?.click();
    for (;;) {
      const opened = document.querySelector('dialog[open]')?.textContent;
      if (opened) return opened;
      await new Promise((done) => setTimeout(done));
    }
  }, text);

test('a value that cannot be saved is known in the review, however soon that is opened', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  // What follows from the checkbox appears first.
  await expect(page.locator('.setting .was')).toHaveCount(1);
  expect(await typeAndReview(page, 'x')).toContain('Some values cannot be saved.');
  const save = review(page).getByRole('button', { name: /^Save/ });
  await expect(save).toBeDisabled();
  await save.focus();
  // Both at the same moment: the findings make the dialog higher.
  const apart = () =>
    save.evaluate((button) => {
      const reasons = [...(button.closest('dialog')?.querySelectorAll('.reason') ?? [])];
      const why = reasons.find((reason) => reason.checkVisibility({ visibilityProperty: true }))?.getBoundingClientRect();
      const box = button.getBoundingClientRect();
      return why ? [Math.round(box.top - why.bottom), Math.round(box.right - why.right)] : [];
    });
  await expect.poll(apart, 'the reason stands above its button').toEqual([6, 0]);
});

test('a review opened right after a key is checked once, and by its own reading', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await expect(page.locator('.setting .was')).toHaveCount(1);
  await tenant.clearLog();
  await typeAndReview(page, '2');
  await expect(review(page).getByRole('button', { name: 'Save 2 changes' })).toBeEnabled();
  // As long as the pause after which the draft would be checked.
  await page.waitForTimeout(1500);
  const looks = (await tenant.log()).filter(({ method, body }) => method === 'POST' && body.includes('roleManagementPolic'));
  expect(looks).toHaveLength(1);
});

/** Fills up the tab's storage, or frees it again. */
const fill = (page: Page, full: boolean) =>
  page.evaluate((full) => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('other-app.')) sessionStorage.removeItem(key);
    for (let size = full ? 1 << 20 : 0; size > 0; size >>= 1) {
      try {
        for (let at = 0; ; at += 1) sessionStorage.setItem(`other-app.${size}.${at}`, 'x'.repeat(size));
      } catch {
        // Less fits.
      }
    }
  }, full);

test('a tab that has no room for what is typed says so, until it has', async ({ page, tenant }) => {
  await open(page, tenant);
  await fill(page, true);
  await hours(page).fill('2');
  const told = page.getByRole('status').filter({ hasText: 'This tab does not keep what you type' });
  await expect(told).toBeVisible();
  await axeInAllLooks(page);
  await fill(page, false);
  await hours(page).fill('5');
  await expect(told).toBeHidden();
  await page.reload();
  await expect(hours(page)).toHaveValue('5');
  // Once seen, it is not repeated with every key press.
  await fill(page, true);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('checkbox', { name: 'Require justification on activation' }).uncheck();
  await expect(page.locator('.setting .was')).toHaveCount(3);
  await page.waitForTimeout(200);
  await expect(told).toBeHidden();
});

test('leaving with unsaved changes asks; a reload brings them back', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click();
  const leave = page.getByRole('dialog', { name: 'Leave 1 unsaved change?' });
  await expect(leave).toBeVisible();
  await expect(leave.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await axeInAllLooks(page);
  await leave.getByRole('button', { name: 'Keep editing' }).click();
  await expect(page).toHaveURL(/activation$/);
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
});

test('a key typed just before the page goes is kept', async ({ page, tenant }) => {
  await open(page, tenant);
  page.on('dialog', (dialog) => dialog.accept());
  // In one task, and no clock advances: only what happens as the page goes can store it.
  await hours(page).evaluate((input: HTMLInputElement) => {
    window.setTimeout = (() => 0) as never;
    input.value = '2';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    location.reload();
  });
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  await expect(hours(page)).toHaveValue('2');
});

test('right after a key the page asks before it is closed, and keeps the key when it is hidden', async ({ page, tenant }) => {
  await open(page, tenant);
  const seen = await hours(page).evaluate((input: HTMLInputElement) => {
    const kept = () => JSON.stringify({ ...sessionStorage });
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const [before, asksUnasked] = [kept(), asks()];
    window.setTimeout = (() => 0) as never;
    input.value = '2';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const asksAtOnce = asks();
    document.dispatchEvent(new Event('visibilitychange'));
    return { asksUnasked, asksAtOnce, keptNow: kept() !== before && kept().includes('PT2H') };
  });
  expect(seen).toEqual({ asksUnasked: false, asksAtOnce: true, keptNow: true });
});

test('edits that are too old to be offered leave the tab', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('pim-desk.draft.')));
  await expect.poll(async () => (await drafts()).length).toBe(1);
  const [name = ''] = await drafts();
  const own = name.split('.').slice(0, 4).join('.');
  await page.evaluate((own) => {
    for (const [rest, hours] of [['old', 13], ['new', 1]] as const) {
      const kept = { at_unix_ms: Date.now() - hours * 3_600_000, draft: {} };
      sessionStorage.setItem(`${own}.${rest}`, JSON.stringify(kept));
    }
  }, own);
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  expect((await drafts()).sort()).toEqual([name, `${own}.new`].sort());
});

test('edits that stayed on screen overnight come back after the page was left', async ({ page, tenant }) => {
  await open(page, tenant);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.startsWith('pim-desk.draft.')));
  await expect.poll(async () => (await drafts()).length).toBe(1);
  await page.evaluate(([name = '']) => {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? '') as { at_unix_ms: number };
    sessionStorage.setItem(name, JSON.stringify({ ...kept, at_unix_ms: kept.at_unix_ms - 15 * 3_600_000 }));
  }, await drafts());
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Require ticket information on activation' })).toBeChecked();
});
