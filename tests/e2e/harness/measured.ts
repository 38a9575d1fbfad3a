// What axe cannot judge, measured in the page.

/** A rule that axe could not judge at an element. */
export interface Open {
  id: string;
  target: string;
}

/** Measures what axe left open; returns what fails and what cannot be measured. Runs in the page. */
export function measured(open: Open[]): string[] {
  const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  type Colour = [number, number, number, number];
  const read = (text: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const light = ([r, g, b]: Colour) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const ratio = (one: Colour, other: Colour) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a) as [number, number];
    return (high + 0.05) / (low + 0.05);
  };
  const parents = (element: Element) => {
    const found: Element[] = [];
    for (let at: Element | null = element; at; at = at.parentElement) found.push(at);
    return found;
  };
  /** The color behind an element: its own background over those of its ancestors. */
  const ground = (element: Element): Colour | string => {
    const layers: Colour[] = [];
    for (const at of parents(element)) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return `a background image (${at.className})`;
      const colour = read(style.backgroundColor);
      layers.unshift(colour);
      if (colour[3] === 1) break;
    }
    const paper: Colour = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reduce((below, top) => over(top, below), paper);
  };
  const contrast = (element: Element) => {
    const style = getComputedStyle(element);
    const behind = ground(element);
    if (typeof behind === 'string') return behind;
    const seen = parents(element).reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);
    const [r, g, b, a] = read(style.color);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const is = ratio(over([r, g, b, a * seen], behind), behind);
    return is >= wanted ? '' : `contrast ${is.toFixed(2)}, ${wanted} wanted`;
  };
  const fixed = (element: Element) => parents(element).some((at) => getComputedStyle(at).position === 'fixed');
  const others = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  const size = (element: Element) => {
    const box = element.getBoundingClientRect();
    if (Math.min(box.width, box.height) >= 24) return '';
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const near = others.find((other) => {
      const rect = other.getBoundingClientRect();
      if (other.contains(element) || element.contains(other) || !rect.width || !rect.height) return false;
      const away = Math.hypot(Math.max(rect.left - x, 0, x - rect.right), Math.max(rect.top - y, 0, y - rect.bottom));
      const small = Math.min(rect.width, rect.height) < 24;
      const touches = away < 12 || (small && Math.hypot(rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y) < 24);
      return touches && fixed(other) === fixed(element); // else it scrolls away from under the other
    });
    return near ? `${Math.round(box.width)} x ${Math.round(box.height)} px, too near to ${near.outerHTML.slice(0, 100)}` : '';
  };
  const link = (element: Element) => {
    const block = parents(element).slice(1).find((at) => getComputedStyle(at).display !== 'inline') ?? document.body;
    const style = getComputedStyle(element);
    const beside = (at: Node): boolean =>
      [...at.childNodes].some((node) => {
        if (node === element) return false;
        if (node.nodeType === Node.TEXT_NODE) return !!node.textContent?.trim();
        return node instanceof Element && getComputedStyle(node).display === 'inline' && beside(node);
      });
    if (style.textDecorationLine.includes('underline') || !beside(block)) return '';
    const is = ratio(read(style.color), read(getComputedStyle(block).color));
    return is >= 3 ? '' : `a link that stands out by ${is.toFixed(2)} from the text beside it, 3 wanted`;
  };
  // Axe gives up if a heading appeared or disappeared during its check.
  const heading = (element: Element) => {
    const level = (at: Element) => Number(at.getAttribute('aria-level') ?? at.tagName.slice(1));
    const all = [...(element.closest('dialog') ?? document).querySelectorAll(':is(h1, h2, h3, h4, h5, h6, [role="heading"])')];
    const seen = all.filter((at) => at.checkVisibility({ visibilityProperty: true }));
    const before = seen[seen.indexOf(element) - 1];
    return before && level(element) > level(before) + 1 ? `level ${level(element)} after level ${level(before)}` : '';
  };
  const measures: Record<string, (element: Element) => string> = {
    'heading-order': heading,
    'color-contrast': contrast,
    'target-size': size,
    'link-in-text-block': link,
  };
  return open.flatMap(({ id, target }) => {
    const element = document.querySelector(target);
    const measure = measures[id];
    if (!element) return []; // gone since
    const found = measure ? measure(element) : 'axe cannot judge it, and nothing here measures it';
    return found ? [`${id}: ${found}: ${element.outerHTML.slice(0, 200)}`] : [];
  });
}

/** Returns the disabled controls that do not say why; busy ones need not. Runs in the page. */
export function unexplained(): string[] {
  const disabled = [...document.querySelectorAll<HTMLElement>(':is([disabled], [aria-disabled="true"]):is(button, input, select, textarea, a):not([aria-busy="true"])')];
  const seen = disabled.filter((element) => element.checkVisibility({ visibilityProperty: true }));
  const told = (element: HTMLElement) =>
    !!element.title || (element.getAttribute('aria-describedby') ?? '').split(' ').some((id) => document.getElementById(id)?.textContent?.trim());
  return seen.filter((element) => !told(element)).map((element) => element.outerHTML.slice(0, 200));
}
