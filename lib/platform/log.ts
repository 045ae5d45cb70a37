import { createRequire } from 'node:module';
import pino, { type Logger, type LoggerOptions } from 'pino';
import { environment } from './env.ts';

export type { Logger } from 'pino';

/** What no log line may show, wherever it stands in the logged object. */
const SECRETS = ['password', 'secret', 'token', 'authorization', 'cookie', 'databaseUrl'];

const STANDARD_ERROR = 2;
const PRETTY = {
  target: 'pino-pretty',
  options: { ignore: 'pid,hostname', destination: STANDARD_ERROR },
};

let root: Logger | undefined;

/**
 * A logger whose lines carry the part of Winnow that wrote them. JSON lines on standard error, since
 * standard output belongs to what a command prints; coloured text on a terminal, where the
 * development tools are installed.
 */
export function logger(part: string): Logger {
  root ??= hasPrettyTerminal()
    ? pino(options())
    : pino(options(), pino.destination(STANDARD_ERROR));
  return root.child({ part });
}

function options(): LoggerOptions {
  return {
    level: environment().logLevel,
    base: { pid: process.pid },
    serializers: { err: describeError },
    redact: SECRETS.flatMap((name) => [name, `*.${name}`]),
    ...(hasPrettyTerminal() ? { transport: PRETTY } : {}),
  };
}

function hasPrettyTerminal(): boolean {
  return process.stderr.isTTY && isInstalled('pino-pretty');
}

/** Database errors drag their whole connection along; a log needs the reason and where it arose. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
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
