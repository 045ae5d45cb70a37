import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Actor } from '#lib/accounts/actor.ts';
import { makeTestVideo, type TestVideo } from './videos.ts';

/** The person at the machine. */
export const SYSTEM: Actor = { kind: 'system', name: 'test' };

export interface TestFolder {
  readonly path: string;
  at(name: string): string;
  /** Writes a tiny video that no other call of this folder has the bytes of. */
  video(name: string, changes?: Partial<TestVideo>): void;
  file(name: string, content: string | Uint8Array): void;
}

/** A folder that goes when the test file is done. */
export function openTestFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'winnow-folder-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  const at = (name: string) => {
    const whole = join(path, name);
    mkdirSync(dirname(whole), { recursive: true });
    return whole;
  };
  let number = 0;
  return {
    path,
    at,
    video: (name, changes) =>
      makeTestVideo(at(name), {
        width: 64,
        height: 48,
        fps: 8,
        frames: 8,
        metadata: { comment: `video ${number++}` },
        ...changes,
      }),
    file: (name, content) => writeFileSync(at(name), content),
  };
}
