// Loaded into a process before anything else: tells its parent, when asked, how long its event loop
// stood still since the last time.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import type { LoopDelay } from './loop-delay.ts';

const RESOLUTION_MS = 1;

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.on('message', (message) => {
    if (message !== 'read') return;
    const answer: LoopDelay = {
      max: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
      p99: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
    };
    delay.reset();
    process.send?.(answer);
  });
  // Asking is no reason to stay.
  process.channel?.unref();
}
