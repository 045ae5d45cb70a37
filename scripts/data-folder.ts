import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';

/** Raised when files of the data folder move, so that an older Winnow refuses a newer folder. */
export const DATA_LAYOUT = 1;

/** What a lock file holds: who has the folder. */
interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that got the same id. */
  readonly startedAt: string;
}

/**
 * Takes the data folder for this process; it is made on first use.
 *
 * @returns gives it back.
 * @throws AppError in one sentence: not writable, of another version, or held by a running Winnow.
 */
export function holdDataFolder(dataDir: string): () => void {
  makeWritable(dataDir);
  const lock = join(dataDir, 'winnow.pid');
  take(lock, dataDir);
  try {
    checkLayout(dataDir);
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  }
  return () => rmSync(lock, { force: true });
}

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError(
      'UNAVAILABLE',
      `The data folder ${dataDir} can't be written: give this user the right to, or set WINNOW_DATA_DIR to another folder.`,
      { reason: 'data-folder' },
      { cause },
    );
  }
}

function take(lock: string, dataDir: string): void {
  const own: Holder = { pid: process.pid, startedAt: startOf(process.pid) };
  for (;;) {
    try {
      writeFileSync(lock, JSON.stringify(own), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(lock);
    if (holder !== undefined && isRunning(holder)) {
      throw new AppError(
        'CONFLICT',
        `Winnow already runs on ${dataDir} (process ${holder.pid}): stop it first, or set WINNOW_DATA_DIR and PORT for a second one.`,
        { reason: 'data-folder-held' },
      );
    }
    rmSync(lock, { force: true });
  }
}

function readHolder(lock: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Holder;
  } catch {
    // Cut off by a crash, or given back just now.
    return undefined;
  }
}

function isRunning({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return startOf(pid) === startedAt;
}

/**
 * When a process started, as the kernel counts it; '' where that can't be known, and for one that
 * has ended but that nobody has waited for, as happens in containers.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 and 22, counted from behind the name, which may hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function checkLayout(dataDir: string): void {
  const file = join(dataDir, 'winnow.json');
  if (!existsSync(file)) {
    writeFileSync(file, `${JSON.stringify({ layout: DATA_LAYOUT })}\n`);
    return;
  }
  const { layout } = JSON.parse(readFileSync(file, 'utf8')) as { layout?: unknown };
  if (layout === DATA_LAYOUT) return;
  throw new AppError(
    'CONFLICT',
    `The data folder ${dataDir} is of another Winnow (layout ${layout}; this one uses ${DATA_LAYOUT}): start that version, or set WINNOW_DATA_DIR to another folder.`,
    { reason: 'data-folder-version' },
  );
}
