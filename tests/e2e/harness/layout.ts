// What is outside the page, or is squeezed.
import { expect, type Page } from '@playwright/test';

/** Fails with what is wrong with the layout. What is still changing is looked at again. */
export const laidOut = (page: Page, where: string) => expect.poll(() => faults(page), where).toEqual([]);

/** What is wrong with the layout, as text. */
const faults = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const cut = (element: Element | null): boolean => {
      if (!element || element === document.body) return false;
      const style = getComputedStyle(element);
      return style.clipPath !== 'none' || style.overflowX !== 'visible' || cut(element.parentElement);
    };
    for (const element of document.querySelectorAll<HTMLElement>('main *, dialog[open] *')) {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = own.map((node) => node.textContent?.trim()).join('');
      const box = element.getBoundingClientRect();
      if (!text || !box.height || cut(element)) continue;
      if (box.width < 48 && box.height > 60 && text.length > 6) found.push(`"${text}" ${Math.round(box.width)} px wide`);
      const line = parseFloat(getComputedStyle(element).blockSize);
      if (element.scrollHeight > Math.ceil(line) + 6 && getComputedStyle(element).contain.includes('size')) found.push(`"${text}" does not fit`);
      if (box.right > innerWidth + 1) found.push(`"${text}" to ${Math.round(box.right)} px`);
    }
    return found;
  });
