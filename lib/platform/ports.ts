import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether a server can listen on this address now. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await tryListen(port, host)) !== undefined;
}

/** A port of this machine's loopback that nothing listens on: the wished one where that is free. */
export async function findFreePort(wished = 0): Promise<number> {
  const port = (await tryListen(wished, '127.0.0.1')) ?? (await tryListen(0, '127.0.0.1'));
  if (port === undefined) throw new Error('The system has no free port.');
  return port;
}

/** Listens for a moment. @returns the port, undefined when it is taken or not allowed. */
async function tryListen(port: number, host: string): Promise<number | undefined> {
  const probe = createServer();
  probe.listen({ port, host, exclusive: true });
  try {
    await once(probe, 'listening');
  } catch {
    return undefined;
  }
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : undefined;
}
