import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  countFailures,
  keepRunning,
  type Part,
  partOfProcess,
  restartDelayMs,
} from './supervise.ts';

test('restarts slow down, to half a minute at most', () => {
  expect([1, 2, 3, 4, 7, 20].map(restartDelayMs)).toEqual([500, 1000, 2000, 4000, 30000, 30000]);
});

test('a part that ran for a minute starts to count anew', () => {
  expect(countFailures(3, 1_000)).toBe(4);
  expect(countFailures(3, 60_000)).toBe(1);
});

/** A part that ends when the test says so. */
function fakePart(): Part & { end(reason: string): void; readonly calls: string[] } {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const calls: string[] = [];
  return {
    ended,
    end,
    calls,
    stop: async () => {
      calls.push('stop');
      end('stopped');
    },
    kill: () => calls.push('kill'),
  };
}

test('what ends by itself is started again, what was stopped is not', async () => {
  const parts = [fakePart(), fakePart()] as const;
  const restarted = Promise.withResolvers<void>();
  const lines: string[] = [];
  const supervised = keepRunning(
    'worker',
    parts[0],
    async () => {
      restarted.resolve();
      return parts[1];
    },
    (line) => lines.push(line),
  );
  parts[0].end('exit 3');
  await restarted.promise;
  expect(lines).toEqual(['The worker ended (exit 3) and is started again in 0.5 s.']);
  await supervised.stop(1_000);
  expect(parts[1].calls).toEqual(['stop']);
  expect(lines).toHaveLength(1);
});

test('a stop during the wait starts nothing', async () => {
  const part = fakePart();
  const waiting = Promise.withResolvers<void>();
  const supervised = keepRunning(
    'worker',
    part,
    () => Promise.reject(new Error('must not start')),
    () => waiting.resolve(),
  );
  part.end('exit 1');
  await waiting.promise;
  await supervised.stop(1_000);
});

test('a process that ignores SIGTERM is ended with all it started when the time is over', async () => {
  const script = `
    const { spawn } = require('node:child_process');
    process.on('SIGTERM', () => {});
    const forever = 'setInterval(() => {}, 1000)';
    spawn(process.execPath, ['-e', forever], { stdio: ['ignore', 'inherit', 'ignore'] });
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const part = partOfProcess(child);
  await once(child.stdout, 'data');
  // Comes only when nobody holds the pipe any more, the grandchild included.
  const closed = once(child, 'close');
  await part.stop(100);
  expect(await part.ended).toBe('SIGKILL');
  await closed;
});
