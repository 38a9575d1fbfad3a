import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const top = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(top, path), 'utf8');
const inPage = /Content-Security-Policy" content="([^"]+)"/.exec(read('index.html'))?.[1] ?? '';

test('the policy in the page allows nothing inline, and stands before everything it covers', () => {
  expect(inPage).not.toMatch(/unsafe-inline|'unsafe-eval'|nonce-|\*/);
  expect(read('index.html')).toMatch(/<head>\s*<meta http-equiv="Content-Security-Policy"/);
});

test('the built page keeps that policy', () => {
  const built = readFileSync(join(process.env.DIST ?? join(top, 'dist'), 'index.html'), 'utf8');
  expect(built).toMatch(/^<!doctype html><html lang="?en"?>(<head>)?<meta [^>]*http-equiv="?Content-Security-Policy/i);
  expect(built).toContain(inPage);
});

test('every header file carries the same policy, and forbids framing', () => {
  const wanted = `${inPage}; frame-ancestors 'none'`;
  expect(read('deploy/_headers')).toContain(`Content-Security-Policy: ${wanted}\n`);
  expect(read('deploy/nginx.conf')).toContain(`add_header Content-Security-Policy "${wanted}" always;`);
  const { globalHeaders } = JSON.parse(read('deploy/staticwebapp.config.json'));
  expect(globalHeaders['Content-Security-Policy']).toBe(wanted);
});
