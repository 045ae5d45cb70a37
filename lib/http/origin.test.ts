import { expect, test } from 'vitest';
import { refuseForeignWrite } from './origin.ts';

const PUBLIC = 'https://winnow.example.org';

function isRefused(headers: Record<string, string>, method = 'POST'): boolean {
  const request = new Request(`${PUBLIC}/api/v1/projects`, { method, headers });
  try {
    refuseForeignWrite(request, PUBLIC);
    return false;
  } catch {
    return true;
  }
}

test.each([
  ['the address that people type', { origin: PUBLIC }],
  ['its default port', { origin: 'https://winnow.example.org:443' }],
  ['another name of this server', { origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }],
  ['a browser that also names the site', { origin: PUBLIC, 'sec-fetch-site': 'same-origin' }],
])('lets a write through from %s', (_, headers) => {
  expect(isRefused(headers)).toBe(false);
});

test.each([
  ['nowhere', {}],
  ['a sandboxed page', { origin: 'null' }],
  ['another site', { origin: 'https://evil.example', host: 'winnow.example.org' }],
  ['a site below', { origin: 'https://a.winnow.example.org', host: 'winnow.example.org' }],
  ['a name that starts the same', { origin: `${PUBLIC}.evil.example` }],
  ['another port', { origin: `${PUBLIC}:8443`, host: 'winnow.example.org' }],
  ['a list of origins', { origin: `${PUBLIC} https://evil.example` }],
  ['a browser that says cross-site', { origin: PUBLIC, 'sec-fetch-site': 'cross-site' }],
  ['a browser that says same-site', { origin: PUBLIC, 'sec-fetch-site': 'same-site' }],
])('refuses a write from %s', (_, headers) => {
  expect(isRefused(headers)).toBe(true);
});

test('reading needs no origin, every writing method does', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(isRefused({}, method)).toBe(false);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(isRefused({}, method)).toBe(true);
});
