import { once } from 'node:events';
import { createServer } from 'node:net';

/** Why no server can listen on this address now, in one sentence; undefined when one can. */
export async function findPortProblem(port: number, host: string): Promise<string | undefined> {
  const result = await tryListen(port, host);
  if (typeof result === 'number') return undefined;
  return (
    PROBLEMS[result] ?? `Port ${port} of ${host} can't be used (${result}): set PORT or HOST.`
  )
    .replace('%p', String(port))
    .replace('%h', host);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Port %p is in use: stop what uses it, or set PORT.',
  EACCES: 'Port %p needs rights that this user lacks: set PORT to one above 1023.',
  EADDRNOTAVAIL:
    'HOST is %h, which is no address of this machine: set it to 0.0.0.0 or to one that is.',
  ENOTFOUND:
    'HOST is %h, which is no known name: set it to 0.0.0.0 or to an address of this machine.',
};

/** A port of this machine's loopback that nothing listens on: the wished one where that is free. */
export async function findFreePort(wished = 0): Promise<number> {
  for (const port of [wished, 0]) {
    const result = await tryListen(port, '127.0.0.1');
    if (typeof result === 'number') return result;
  }
  throw new Error('The system has no free port.');
}

/** Listens for a moment. @returns the port, or the system's code for why it can't be had. */
async function tryListen(port: number, host: string): Promise<number | string> {
  const probe = createServer();
  probe.listen({ port, host, exclusive: true });
  try {
    await once(probe, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
}
