/** A sixth of a minute's allowance may be used at once; more would let one minute see nearly two. */
const BURSTS_PER_MINUTE = 6;

/**
 * A token bucket: so many units a minute, a sixth of them at once. It knows no clock and waits for
 * nothing itself. What costs more than a burst starts once the bucket is full, and those who come after
 * it wait for the rest.
 */
export class RateLimit {
  private readonly capacity: number;
  private readonly perMillisecond: number;
  private level: number;
  private at = 0;

  constructor(perMinute: number) {
    this.capacity = Math.max(1, perMinute / BURSTS_PER_MINUTE);
    this.perMillisecond = perMinute / 60_000;
    this.level = this.capacity;
  }

  /**
   * Takes a place in the order of calls.
   *
   * @param now milliseconds, never less than at an earlier call
   * @returns milliseconds to wait before the start
   */
  reserve(now: number, cost: number): number {
    this.level = Math.min(this.capacity, this.level + (now - this.at) * this.perMillisecond);
    this.at = now;
    const missing = Math.min(cost, this.capacity) - this.level;
    this.level -= cost;
    return missing <= 0 ? 0 : Math.ceil(missing / this.perMillisecond);
  }

  /** Puts right what was reserved by estimate. */
  correct(reserved: number, used: number): void {
    this.level += reserved - used;
  }
}
