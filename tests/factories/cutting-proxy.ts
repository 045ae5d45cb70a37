import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that can lose what the server answers. */
export interface CuttingProxy {
  readonly port: number;
  /** The next answer that matches is not passed on; its connection breaks instead. */
  cutNext(): void;
  /** Answers that were cut so far. */
  readonly cuts: number;
  close(): Promise<void>;
}

/**
 * Stands between a client and a server on this machine.
 *
 * @param matches which pieces of an answer may be cut.
 */
export async function startCuttingProxy(
  target: number,
  matches: (piece: Buffer) => boolean,
): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let isArmed = false;
  let cuts = 0;
  const proxy = createServer((client) => {
    const server = connect(target, '127.0.0.1');
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (piece) => server.write(piece));
    server.on('data', (piece) => {
      if (!isArmed || !matches(piece)) {
        client.write(piece);
        return;
      }
      isArmed = false;
      cuts++;
      client.resetAndDestroy();
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    cutNext() {
      isArmed = true;
    },
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of open) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
