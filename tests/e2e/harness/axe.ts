// The accessibility check: every rule on, none disabled; what axe cannot judge is measured.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import type axeCore from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import { measured, unexplained } from './measured';

// Half as long as what `axe-core` exports, and loaded in half the time.
const SCRIPT = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations', 'incomplete'], // what passes is not described, which would take time
};

/** The rules that depend on colors. All others find the same in every look. */
const OF_COLORS: RunOptions = {
  ...OPTIONS,
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  rules: {},
};

// Checking a whole page takes seconds on a slow machine, which are not those of what is tested.
const LOOK_MS = 10_000;

// The script takes as long to load as to run, so each document loads it once.
async function look(page: Page, options: RunOptions): Promise<AxeResults> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SCRIPT);
  return page.evaluate((options) => (window as unknown as { axe: typeof axeCore }).axe.run(document, options), options);
}

/** One line for each finding. */
async function findings(page: Page, options: RunOptions): Promise<string[]> {
  const { violations, incomplete } = await look(page, options);
  // Axe counts only the part of a target that no sticky bar covers, so targets are measured here.
  const isTarget = ({ id }: { id: string }) => id === 'target-size';
  const failed = violations.filter((rule) => !isTarget(rule));
  const told = failed.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  const unsure = [...incomplete, ...violations.filter(isTarget)];
  const open = unsure.flatMap(({ id, nodes }) => nodes.map((node) => ({ id, target: String(node.target[0]) })));
  const measures = (await page.evaluate(measured, open)).map((found) => `not judged by axe: ${found}`);
  const disabled = (await page.evaluate(unexplained)).map((found) => `disabled without a reason: ${found}`);
  return [...told, ...measures, ...disabled];
}

/** Fails with one line per finding. A check takes long enough for the page to change under it: only what stays counts. */
export async function axe(page: Page, options = OPTIONS) {
  test.info().setTimeout(test.info().timeout + LOOK_MS);
  let found = await findings(page, options);
  for (let again = 2; found.length > 0 && again > 0; again -= 1) {
    await page.waitForTimeout(700);
    found = await findings(page, options);
  }
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** What makes the page wider than the window, if anything; runs in the page. */
function sticksOut(): string[] {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
  const inner = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return inner.map((element) => element.outerHTML.slice(0, 200));
}

const LOOKS = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const;

/** The same in light, dark and forced colors, without horizontal overflow either. */
export async function axeInEachLook(page: Page) {
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: null, forcedColors: null, ...look });
    await axe(page, look === LOOKS[0] ? OPTIONS : OF_COLORS);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  const width = page.viewportSize()?.width;
  await expect.poll(() => page.evaluate(sticksOut), `beyond ${width} px on ${page.url()}`).toEqual([]);
}

/** The same, wide and narrow. */
export async function axeInAllLooks(page: Page) {
  const size = page.viewportSize();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await axeInEachLook(page);
  }
  if (size) await page.setViewportSize(size);
}
