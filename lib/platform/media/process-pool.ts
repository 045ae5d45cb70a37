import { AppError } from '#lib/core/errors.ts';
import type { MediaLimits } from './limits.ts';
import { MediaProcess } from './media-process.ts';
import type { MediaTask } from './task.ts';

/** Hands tasks to child processes, first come first served, and replaces those that ended. */
export class ProcessPool {
  private readonly limits: MediaLimits;
  private readonly size: number;
  private readonly processes = new Set<MediaProcess>();
  private readonly idle: MediaProcess[] = [];
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;

  constructor(limits: MediaLimits, size: number) {
    this.limits = limits;
    this.size = size;
  }

  /** Runs one task as soon as a process is free; its answer is not parsed yet. */
  async run(task: MediaTask, signal?: AbortSignal): Promise<unknown> {
    await this.enter();
    try {
      const worker = this.take();
      try {
        return await worker.run(task, this.limits, signal);
      } finally {
        // A refusal leaves the process sound; one that was killed or crashed is not used again.
        if (worker.alive) this.idle.push(worker);
        else this.processes.delete(worker);
      }
    } finally {
      this.leave();
    }
  }

  processIds(): number[] {
    return [...this.processes].flatMap(({ pid, alive }) =>
      alive && pid !== undefined ? [pid] : [],
    );
  }

  close(): void {
    this.closed = true;
    for (const worker of this.processes) worker.kill();
  }

  private async enter(): Promise<void> {
    if (this.running < this.size) this.running++;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** The place goes straight to the one who waited longest. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }

  private take(): MediaProcess {
    if (this.closed) throw new AppError('UNAVAILABLE', 'The video tools are shut down.');
    for (let worker = this.idle.pop(); worker; worker = this.idle.pop()) {
      if (worker.alive) return worker;
      this.processes.delete(worker);
    }
    const worker = new MediaProcess(this.limits.memoryMebibytes);
    this.processes.add(worker);
    return worker;
  }
}
