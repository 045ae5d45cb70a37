import type { PickedFile } from './picked-files.ts';
import { SendError, type SendOptions } from './send-file.ts';
import { speedometer } from './speedometer.ts';

export interface FailedFile {
  readonly path: string;
  readonly reason: string;
}

/** What a page shows of an upload. */
export interface UploadProgress {
  readonly phase: 'checking' | 'sending' | 'ended' | 'stopped';
  readonly files: number;
  /** Files that are on the server, those included that were there before. */
  readonly arrived: number;
  readonly alreadyThere: number;
  readonly bytes: number;
  readonly sentBytes: number;
  readonly bytesPerSecond: number;
  /** Null until there is a speed to judge by. */
  readonly secondsLeft: number | null;
  readonly sending: readonly string[];
  readonly failed: readonly FailedFile[];
}

export interface UploadDeps {
  /** Which of these files the server lacks. */
  missing(files: readonly { path: string; bytes: number }[]): Promise<readonly string[]>;
  send(file: PickedFile, options: SendOptions): Promise<void>;
  /** Milliseconds. */
  now(): number;
}

export interface Upload {
  subscribe(listener: () => void): () => void;
  progress(): UploadProgress;
  /** Sends what is missing; resolves when nothing is left to send, failures included. */
  run(): Promise<void>;
  /** Sends the failed files again. */
  retry(): Promise<void>;
  stop(): void;
}

const AT_ONCE = 3;
const TRIES = 3;
const OFFER = 500;

/** An upload of many files, a few at a time. Its size in memory does not grow with what was sent. */
export function createUpload(files: readonly PickedFile[], deps: UploadDeps): Upload {
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const inFlight = new Map<string, number>();
  const speed = speedometer();
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  let phase: UploadProgress['phase'] = 'checking';
  let arrived = 0;
  let alreadyThere = 0;
  let arrivedBytes = 0;
  let failed: (FailedFile & { file: PickedFile })[] = [];
  let shown = snapshot();

  function snapshot(): UploadProgress {
    const sentBytes = arrivedBytes + [...inFlight.values()].reduce((sum, sent) => sum + sent, 0);
    const bytesPerSecond = speed.read(deps.now());
    return {
      phase,
      files: files.length,
      arrived,
      alreadyThere,
      bytes,
      sentBytes,
      bytesPerSecond,
      secondsLeft: bytesPerSecond > 0 ? (bytes - sentBytes) / bytesPerSecond : null,
      sending: [...inFlight.keys()],
      failed: failed.map(({ path, reason }) => ({ path, reason })),
    };
  }
  function tell(): void {
    shown = snapshot();
    for (const listener of listeners) listener();
  }

  async function sendOne(file: PickedFile): Promise<void> {
    const { path } = file;
    for (let tries = 1; ; tries++) {
      inFlight.set(path, 0);
      tell();
      try {
        await deps.send(file, {
          signal: stopping.signal,
          onProgress: (sent) => {
            speed.add(deps.now(), sent - (inFlight.get(path) ?? 0));
            inFlight.set(path, sent);
            tell();
          },
        });
        inFlight.delete(path);
        arrived++;
        arrivedBytes += file.file.size;
        return tell();
      } catch (error) {
        inFlight.delete(path);
        const isFinal = !(error instanceof SendError) || error.isRefusal || tries === TRIES;
        if (!isFinal && !stopping.signal.aborted) continue;
        const reason = error instanceof Error ? error.message : String(error);
        if (!stopping.signal.aborted) failed.push({ path, reason, file });
        return tell();
      }
    }
  }

  async function sendAll(queue: readonly PickedFile[]): Promise<void> {
    phase = 'sending';
    const next = queue.values();
    const lane = async () => {
      for (const file of next) {
        if (stopping.signal.aborted) return;
        await sendOne(file);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    phase = stopping.signal.aborted ? 'stopped' : 'ended';
    tell();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    progress: () => shown,
    async run() {
      const queue: PickedFile[] = [];
      for (let start = 0; start < files.length; start += OFFER) {
        const offered = files.slice(start, start + OFFER);
        const missing = new Set(
          await deps.missing(offered.map(({ path, file }) => ({ path, bytes: file.size }))),
        );
        for (const file of offered) {
          if (missing.has(file.path)) queue.push(file);
          else {
            arrived++;
            alreadyThere++;
            arrivedBytes += file.file.size;
          }
        }
        tell();
      }
      await sendAll(queue);
    },
    async retry() {
      const again = failed.map(({ file }) => file);
      failed = [];
      await sendAll(again);
    },
    stop: () => stopping.abort(),
  };
}
