import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const top = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(top, path), 'utf8');
const builtPage = () => readFileSync(join(process.env.DIST ?? join(top, 'dist'), 'index.html'), 'utf8');
const inPage = /Content-Security-Policy" content="([^"]+)"/.exec(read('index.html'))?.[1] ?? '';

test('the policy in the page allows nothing inline, and stands before everything it covers', () => {
  expect(inPage).not.toMatch(/unsafe-inline|'unsafe-eval'|nonce-|\*/);
  expect(read('index.html')).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy"/);
});

test('the built page keeps that policy', () => {
  const built = builtPage();
  expect(built).toMatch(/^<!doctype html><html lang="?en"?( data-build="[^"]*")?>(<head>)?<meta [^>]*http-equiv="?Content-Security-Policy/i);
  expect(built).toContain(inPage);
});

test('the built page names its commit with the date, where there is a repository', () => {
  const build = /^<!doctype html><html[^>]* data-build="([^"]*)"/i.exec(builtPage())?.[1];
  // An unpacked archive may be inside another repository.
  const { status, stdout } = spawnSync('git', ['rev-parse', 'HEAD', '--show-prefix'], { cwd: top, encoding: 'utf8' });
  if (status === 0 && /^\w+\n\n?$/.test(stdout)) expect(build).toMatch(/^[0-9a-f]{7,} of \d{4}-\d\d-\d\d(, changed)?$/);
  else expect(build).toBeUndefined();
});

test('a page out of a cache finds its guard, before all that may be gone', () => {
  const built = builtPage();
  expect(built).toMatch(/<script src="?guard\.js"?><\/script>/);
  expect(built.indexOf('guard.js')).toBeLessThan(built.search(/boot-[0-9a-f]+\.js/));
  // It is nowhere cached for ever: no rule for all scripts comes before its own.
  expect(read('deploy/_headers')).not.toContain('\n/*.js\n');
  for (const file of ['guard.js', 'config.json', 'templates.json']) {
    expect(read('deploy/_headers')).toContain(`\n/${file}\n  Cache-Control: no-cache\n`);
  }
  const { routes } = JSON.parse(read('deploy/staticwebapp.config.json'));
  expect(routes[0]).toEqual({ route: '/guard.js', headers: { 'Cache-Control': 'no-cache' } });
  const kept = /"~([^"]+)"/.exec(read('deploy/nginx.conf'))?.[1] ?? '';
  expect('/boot-0123456789abcdef.js').toMatch(new RegExp(kept));
  expect('/guard.js').not.toMatch(new RegExp(kept));
});

test('every header file carries the same policy, and forbids framing', () => {
  const wanted = `${inPage}; frame-ancestors 'none'`;
  expect(read('deploy/_headers')).toContain(`Content-Security-Policy: ${wanted}\n`);
  expect(read('deploy/nginx.conf')).toContain(`add_header Content-Security-Policy "${wanted}" always;`);
  const { globalHeaders } = JSON.parse(read('deploy/staticwebapp.config.json'));
  expect(globalHeaders['Content-Security-Policy']).toBe(wanted);
  expect(read('deploy/web.config')).toContain(`<add name="Content-Security-Policy" value="${wanted}" />`);
});

test('IIS sends the headers that nginx sends, and knows what a wasm file is', () => {
  const iis = read('deploy/web.config');
  const headers = [...read('deploy/nginx.conf').matchAll(/add_header ([\w-]+) "([^"]+)" always;/g)];
  expect(headers).toHaveLength(7);
  for (const [, name, value] of headers) {
    expect(iis).toContain(`<remove name="${name}" />\n        <add name="${name}" value="${value}" />\n`);
  }
  expect(iis).toContain('<mimeMap fileExtension=".wasm" mimeType="application/wasm" />');
  expect(iis).toContain('<add name="Cache-Control" value="no-cache" />');
});
