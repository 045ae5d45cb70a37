import { createRequire } from 'node:module';
import pino, { type Logger, type LoggerOptions } from 'pino';
import { environment } from './env.ts';

export type { Logger } from 'pino';

/** What no log line may show, wherever it stands in the logged object. */
const SECRETS = ['password', 'secret', 'token', 'authorization', 'cookie', 'databaseUrl'];

let root: Logger | undefined;

/**
 * A logger whose lines carry the part of Winnow that wrote them. JSON lines on standard output;
 * coloured text on a terminal, where the development tools are installed.
 */
export function logger(part: string): Logger {
  root ??= pino(options());
  return root.child({ part });
}

function options(): LoggerOptions {
  return {
    level: environment().logLevel,
    base: { pid: process.pid },
    redact: SECRETS.flatMap((name) => [name, `*.${name}`]),
    ...(process.stdout.isTTY && isInstalled('pino-pretty')
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
      : {}),
  };
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
