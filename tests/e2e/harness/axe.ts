// The accessibility check: every rule on, none disabled; what axe cannot judge is measured.
import { expect, test, type Page } from '@playwright/test';
import axeCore, { type AxeResults, type RunOptions } from 'axe-core';
import { measured, unexplained } from './measured';

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations', 'incomplete'], // what passes is not described, which would take time
};

// Checking a whole page takes seconds on a slow machine, which are not those of what is tested.
const LOOK_MS = 10_000;

// The script takes as long to load as to run, so each document loads it once.
async function look(page: Page): Promise<AxeResults> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
  return page.evaluate((options) => (window as unknown as { axe: typeof axeCore }).axe.run(document, options), OPTIONS);
}

/** Fails with one line per violation. */
export async function axe(page: Page) {
  test.info().setTimeout(test.info().timeout + LOOK_MS);
  const { violations, incomplete } = await look(page);
  // Axe counts only the part of a target that no sticky bar covers, so targets are measured here.
  const isTarget = ({ id }: { id: string }) => id === 'target-size';
  const failed = violations.filter((rule) => !isTarget(rule));
  const told = failed.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  expect(told, `axe on ${page.url()}`).toEqual([]);
  const unsure = [...incomplete, ...violations.filter(isTarget)];
  const open = unsure.flatMap(({ id, nodes }) => nodes.map((node) => ({ id, target: String(node.target[0]) })));
  expect(await page.evaluate(measured, open), `not judged by axe on ${page.url()}`).toEqual([]);
  expect(await page.evaluate(unexplained), `disabled without a reason on ${page.url()}`).toEqual([]);
}

/** What makes the page wider than the window, if anything; runs in the page. */
function sticksOut(): string[] {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
  const inner = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return inner.map((element) => element.outerHTML.slice(0, 200));
}

const LOOKS = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const;

/** The same in light, dark and forced colors, wide and narrow, without horizontal overflow either. */
export async function axeInAllLooks(page: Page) {
  const size = page.viewportSize();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: null, forcedColors: null, ...look });
      await axe(page);
    }
    expect(await page.evaluate(sticksOut), `beyond ${width} px on ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  if (size) await page.setViewportSize(size);
}
