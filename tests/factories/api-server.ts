import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createApi } from '#lib/http/serve-api.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { TEST_ORIGIN } from './platform.ts';

export interface ApiServer {
  readonly port: number;
  close(): Promise<void>;
}

/** The API of a platform on a port of its own, for tests that need a real connection. */
export async function startApiServer(platform: Platform): Promise<ApiServer> {
  const serve = createApi(platform);
  const server = createServer(async (incoming, outgoing) => {
    const response = await serve(await requestOf(incoming));
    outgoing.writeHead(response.status, [...response.headers].flat());
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === 'string') headers.set(name, value);
  const { method = 'GET', url = '/' } = incoming;
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: await buffer(incoming) };
  return new Request(new URL(url, TEST_ORIGIN), { method, headers, ...body });
}
