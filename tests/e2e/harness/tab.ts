// Walks by Tab: where the focus goes, and what is wrong there.
import type { Page } from '@playwright/test';
import { expect } from './test';

/** Where the focus is: on what, and what is wrong with that. */
export interface Stop {
  place: string;
  fault: string;
}

/** A page whose stops are noted. */
type Walked = typeof globalThis & { __stops?: HTMLElement[] };

/** Describes the stop, and notes it; `null` if nothing on the page has the focus any more. */
function stop(): Stop | null {
  const at = document.activeElement as HTMLElement | null;
  if (!at || at === document.body || at === document.documentElement) return null;
  ((globalThis as Walked).__stops ??= []).push(at);
  const steps: string[] = [];
  for (let node: Element | null = at; node && node !== document.body; node = node.parentElement) {
    steps.unshift(`${node.tagName}${[...(node.parentElement?.children ?? [])].indexOf(node)}`);
  }
  const words = (at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 40);
  const place = `${words || at.getAttribute('name') || at.className} <${steps.join('/')}>`;
  const box = at.getBoundingClientRect();
  // The middle of its visible part: a log is longer than the window.
  const middle = (from: number, to: number, size: number) => (from > size || to < 0 ? -1 : (Math.max(from, 0) + Math.min(to, size)) / 2);
  const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
  const ringed = (element: Element, pseudo?: string) => {
    const style = getComputedStyle(element, pseudo);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const ring = ringed(at) || ringed(at, '::after') || (at.parentElement !== null && [...at.parentElement.children].some((one) => ringed(one)));
  let fault = '';
  if (box.width < 2 || box.height < 2) fault = 'has no size';
  else if (x < 0 || y < 0) fault = `is out of sight at ${Math.round(box.left)}, ${Math.round(box.top)}`;
  else {
    // The middle of a two-line inline link is between its lines.
    const parts = at.getClientRects();
    const tops = [...parts].map((part) => {
      const row = parts.length > 1 ? part.top + part.height / 2 : y;
      return document.elementFromPoint(part.left + part.width / 2, row);
    });
    const covering = tops.every((top) => top !== null && !at.contains(top) && !top.contains(at));
    if (covering) fault = `at ${Math.round(y)} is covered by ${tops[0]?.tagName} ${tops[0]?.className}`;
    else if (!ring) fault = 'shows no ring';
  }
  return { place, fault };
}

/** Presses a key from where the focus is until it leaves the page or returns to its start. */
export async function walk(page: Page, key: 'Tab' | 'Shift+Tab', most: number): Promise<Stop[]> {
  const stops: Stop[] = [];
  const seen = new Set<string>();
  await page.evaluate(() => void ((globalThis as Walked).__stops = []));
  for (let press = 0; press <= most; press += 1) {
    const at = await page.evaluate(stop);
    if (!at || seen.has(at.place)) return stops;
    stops.push(at);
    seen.add(at.place);
    await page.keyboard.press(key);
  }
  throw new Error(`after ${most} times ${key} the end is not reached`);
}

/** To the first stop, with keys: only then does the browser draw a focus ring. */
export async function toStart(page: Page) {
  const inDialog = await page.evaluate(() => {
    const title = [...document.querySelectorAll<HTMLElement>('dialog[open] h2')].at(-1);
    (title ?? document.querySelector<HTMLElement>('.skip'))?.focus();
    return title !== undefined;
  });
  await page.keyboard.press('Tab');
  if (!inDialog) await page.keyboard.press('Shift+Tab');
}

/** The heading of a new view takes the focus in the second frame after it appears. */
async function settled(page: Page) {
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 5; frame += 1) await new Promise((done) => requestAnimationFrame(done));
  });
}

/** What is wrong with a view, or the dialog over it, walked forwards and backwards. */
async function faults(page: Page, least: number): Promise<string[]> {
  await settled(page);
  await toStart(page);
  const forth = await walk(page, 'Tab', 400);
  // Back from the last stop; after a key, the browser draws a ring also where a script sets the focus.
  await page.evaluate((last) => (globalThis as Walked).__stops?.[last]?.focus(), forth.length - 1);
  const back = (await walk(page, 'Shift+Tab', 400)).reverse();
  const found = [...forth, ...back].filter(({ fault }) => fault).map(({ place, fault }) => `${place} ${fault}`);
  const [there, here] = [forth, back].map((stops) => stops.map(({ place }) => place));
  if (there.join() !== here.join()) found.push(`forth: ${there.join(', ')}`, `back: ${here.join(', ')}`);
  if (forth.length < least) found.push(`only ${forth.length} stops`);
  return found;
}

/** Walks a view, or the dialog over it, forwards and backwards; again if it may have changed meanwhile. */
export async function bothWays(page: Page, what: string, least = 6) {
  let found = await faults(page, least);
  for (let again = 2; found.length > 0 && again > 0; again -= 1) found = await faults(page, least);
  expect(found, what).toEqual([]);
}
