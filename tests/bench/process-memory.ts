import { readFileSync } from 'node:fs';

const EVERY_MS = 200;
const PAGE_BYTES = 4096;

/** Watches the resident memory of this process and some others until it is stopped. */
export function watchMemory(others: () => readonly number[]): { stop(): number } {
  let peak = 0;
  const look = () => {
    const bytes = [process.pid, ...others()].reduce((sum, id) => sum + residentBytes(id), 0);
    peak = Math.max(peak, bytes);
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    /** @returns the most that they held together, in bytes */
    stop() {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}

function residentBytes(id: number): number {
  try {
    return Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    // It has just ended.
    return 0;
  }
}
