import { type ChildCall, ChildFailure, type ChildRules, ChildWorker } from './child-worker.ts';

/** Hands calls to child processes, first come first served, and replaces those that ended. */
export class ChildPool {
  private readonly rules: ChildRules;
  private readonly size: number;
  private readonly workers = new Set<ChildWorker>();
  private readonly idle: ChildWorker[] = [];
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;

  /** @param size child processes at most; they start when first needed */
  constructor(rules: ChildRules, size: number) {
    this.rules = rules;
    this.size = size;
  }

  /**
   * Sends one message as soon as a process is free; its answer is not parsed yet.
   *
   * @throws ChildFailure; the signal's reason when it was aborted, also while it waits
   */
  async run(message: object, call: ChildCall): Promise<unknown> {
    await this.enter(call.signal);
    try {
      const worker = this.take();
      try {
        return await worker.run(message, call);
      } finally {
        // A refusal leaves the process sound; one that was killed or crashed is not used again.
        if (worker.alive) this.idle.push(worker);
        else this.workers.delete(worker);
      }
    } finally {
      this.leave();
    }
  }

  processIds(): number[] {
    return [...this.workers].flatMap(({ pid, alive }) => (alive && pid !== undefined ? [pid] : []));
  }

  close(): void {
    this.closed = true;
    for (const worker of this.workers) worker.kill();
  }

  private async enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.running < this.size) {
      this.running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      this.waiting.push(enter);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** The place goes straight to the one who waited longest. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }

  private take(): ChildWorker {
    if (this.closed) throw new ChildFailure('CLOSED', 'closed', '');
    for (let worker = this.idle.pop(); worker; worker = this.idle.pop()) {
      if (worker.alive) return worker;
      this.workers.delete(worker);
    }
    const worker = new ChildWorker(this.rules);
    this.workers.add(worker);
    return worker;
  }
}
