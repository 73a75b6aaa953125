import { expect, test } from '@jest/globals';
import { listenHttp } from './http-listener.ts';
import { listenHost } from './listen-host.ts';

test('every interface is those of IPv4 where the machine has no IPv6; any other host stays as it is', async () => {
  const noIpv6 = (): Promise<boolean> => Promise.resolve(false);
  expect(await listenHost('::', noIpv6)).toBe('0.0.0.0');
  expect(await listenHost('::', () => Promise.resolve(true))).toBe('::');
  expect(await listenHost('::1', noIpv6)).toBe('::1');
  expect(await listenHost('127.0.0.1', noIpv6)).toBe('127.0.0.1');
});

test('who listens on every interface is reached over IPv4', async () => {
  const page = { status: 200, contentType: 'text/plain', body: 'here' };
  const listener = await listenHttp({ host: '::', port: 0 }, () => Promise.resolve(page));
  const response = await fetch(`http://127.0.0.1:${listener.port}/`);
  expect(await response.text()).toBe('here');
  listener.close();
});
