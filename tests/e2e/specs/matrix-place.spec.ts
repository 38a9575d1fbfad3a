// Where the cells of the matrix are: below their headers, and never half hidden beside a name.
import type { Page } from '@playwright/test';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

async function open(page: Page, route: string) {
  await signIn(page, 'ana', route);
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
}

test('columns that stay in place have their words right below the words of their heads', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, '#/matrix?freeze=1');
  const held = () => page.evaluate(() => {
    const words = (element: Element | null) => {
      const range = document.createRange();
      if (element) range.selectNodeContents(element);
      return range.getBoundingClientRect().left;
    };
    const cells = [...document.querySelectorAll('.grid tbody tr:first-child td')];
    return [...document.querySelectorAll('.grid-heads th')].slice(2).map((head, at) => {
      return { head: words(head.querySelector('.grid-label')), cell: words(cells[at + 1]) };
    });
  });
  await expect.poll(async () => (await held()).length).toBeGreaterThan(10);
  await expect.poll(async () => (await held()).filter(({ head, cell }) => Math.abs(head - cell) >= 3)).toEqual([]);
});

test('on a phone the table rests with a whole column beside the names, and names can be read', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '#/matrix');
  const frame = page.locator('.grid-frame');
  const beside = () =>
    frame.evaluate((frame) => {
      const row = frame.querySelector('tbody tr');
      const edge = row?.querySelector('.name')?.getBoundingClientRect().right ?? 0;
      return [...(row?.querySelectorAll('td:not(.stuck)') ?? [])].map((cell) => cell.getBoundingClientRect().left - edge);
    });
  for (const px of [57, 170, 333, 620]) {
    await frame.evaluate((frame, px) => frame.scrollTo({ left: px, behavior: 'instant' }), px);
    await expect(async () => expect((await beside()).some((left) => Math.abs(left) < 1)).toBe(true)).toPass();
  }
  const name = page.getByRole('rowheader').first();
  const [word, note] = await Promise.all([name.locator('a').boundingBox(), name.locator('.grid-note').boundingBox()]);
  const row = await page.locator('.grid tbody tr').first().boundingBox();
  expect(word && note && word.y + word.height <= note.y + 1, 'one below the other').toBe(true);
  expect(note && row && note.y + note.height <= row.y + row.height, 'both in the row').toBe(true);
});

test('on a phone columns that stay in place on wide screens are the first beside the names', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '#/matrix?freeze=2');
  const frame = page.locator('.grid-frame');
  expect(await frame.evaluate((frame) => frame.scrollLeft)).toBe(0);
  const cell = page.locator('.grid tbody tr').first().locator('td.held').first();
  await expect(cell).toBeInViewport();
});

test('a table that moves faster than the machine can write it shows names only, and everything when it rests', async ({ page, tenant }) => {
  await tenant.reset({ groups: 428, groupsInPim: 400 });
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, '#/matrix?freeze=1');
  await page.getByRole('gridcell').nth(3).click();
  await page.keyboard.press('Escape');
  const seen = await page.locator('.grid-frame').evaluate(async (frame) => {
    const inSight = () => [...frame.querySelectorAll('tbody tr')].filter((row) => row.getBoundingClientRect().top > 0);
    const looks: { flies: boolean; cells: string; names: boolean; keyboard: boolean; held: string }[] = [];
    frame.scrollTop = 0;
    // Until it was seen to move fast: a busy machine draws some frames so late that they count as a rest.
    for (let step = 0; step < 12 || (step < 60 && !looks.some(({ flies }) => flies)); step += 1) {
      await new Promise(requestAnimationFrame);
      // Simulates a slow machine.
      for (const until = performance.now() + 35; performance.now() < until; );
      frame.scrollTop += 400;
      await new Promise((done) => setTimeout(done));
      const cell = inSight()[3]?.querySelectorAll('td')[2];
      looks.push({
        flies: frame.querySelector('.grid')?.classList.contains('flies') ?? false,
        cells: cell ? getComputedStyle(cell).visibility : '',
        names: inSight().every((row) => row.querySelector('a')?.textContent),
        keyboard: document.activeElement !== document.body,
        held: getComputedStyle(frame.querySelector('tbody .name')!).position,
      });
    }
    // It rests a moment after the last frame, which a busy machine draws late.
    const end = () => ({
      flies: frame.querySelector('.grid')?.classList.contains('flies'),
      held: getComputedStyle(frame.querySelector('tbody .name')!).position,
    });
    for (let turn = 0; turn < 50 && (end().flies || end().held === 'static'); turn += 1) await new Promise((done) => setTimeout(done, 100));
    return { looks, ...end() };
  });
  expect(seen.looks.some(({ flies, cells }) => flies && cells === 'hidden')).toBe(true);
  for (const { flies, cells } of seen.looks) expect(cells).toBe(flies ? 'hidden' : 'visible');
  expect(seen.looks.every(({ names, keyboard }) => names && keyboard)).toBe(true);
  expect(seen.looks.some(({ held }) => held === 'static'), 'nothing is held while it moves up and down only').toBe(true);
  expect([seen.flies, seen.held]).toEqual([false, 'sticky']);
  // What is shown beside the names after fast scrolling is what is shown there after slow scrolling; but for the
  // approvers' names, which come when the reading has ended.
  const texts = () =>
    page.locator('.grid tbody tr').evaluateAll((all) => {
      const seen = all.filter((row) => row.getBoundingClientRect().top > 300 && row.getBoundingClientRect().bottom < 700);
      const cells = (row: Element) => [...(row as HTMLTableRowElement).cells].filter(({ ariaColIndex }) => ariaColIndex !== '9');
      return Object.fromEntries(
        seen.map((row) => [row.querySelector('a')?.getAttribute('href'), cells(row).map((cell) => cell.textContent).join('|')]),
      );
    });
  const flown = await texts();
  expect(Object.keys(flown).length).toBeGreaterThan(5);
  const top = await page.locator('.grid-frame').evaluate((frame) => frame.scrollTop);
  await page.reload();
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
  await page.locator('.grid-frame').evaluate((frame, top) => frame.scrollTo(0, top), top);
  await expect.poll(texts).toEqual(flown);
});

for (const [width, height] of [[1280, 800], [640, 400]] as const) {
  test(`the cell with the keyboard is in sight, in a window of ${width} × ${height}`, async ({ page, tenant }) => {
    await tenant.reset({ groups: 168, groupsInPim: 140 });
    await page.setViewportSize({ width, height });
    await open(page, '#/matrix');
    const focused = page.locator('.grid :focus');
    const inSight = () => expect(focused).toBeInViewport({ ratio: 1 });
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator('.grid tbody th a').first().evaluate((link: HTMLElement) => link.focus({ preventScroll: true }));
    for (const key of ['PageDown', 'Control+End', 'PageUp', 'Control+Home', 'PageDown', 'ArrowDown']) {
      await page.keyboard.press(key);
      await inSight();
    }
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await inSight();
    const left = await page.locator('.grid-frame').evaluate((frame) => frame.scrollLeft);
    await page.keyboard.press('Control+End');
    await inSight();
    await expect.poll(() => page.locator('.grid-frame').evaluate((frame) => frame.scrollLeft)).toBe(left);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/groups\//);
    await page.goBack();
    await inSight();
  });
}

test('back from a policy, the search keeps the keyboard while one types', async ({ page }) => {
  await open(page, '#/matrix');
  await page.locator('.grid tbody th a').first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/groups\//);
  await page.goBack();
  await expect(page.locator('.grid :focus')).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Find by name or ID' });
  await search.click();
  await search.pressSequentially('tierx');
  await expect(page.getByText('No policy matches these filters.')).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(page.locator('.grid tbody tr').first()).toBeVisible();
  await page.evaluate(async () => {
    for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
  });
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('tier');
});
