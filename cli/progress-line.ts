import type { WriteStream } from 'node:tty';

export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

const ERASE = '\r\u001b[2K';

/** One line of a terminal that is written over; nothing where the output is no terminal. */
export function progressLine(
  output: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>,
): ProgressLine {
  let isShown = false;
  return {
    show(text) {
      if (!output.isTTY) return;
      output.write(`${ERASE}${text.slice(0, Math.max(10, (output.columns ?? 80) - 1))}`);
      isShown = true;
    },
    clear() {
      if (isShown) output.write(ERASE);
      isShown = false;
    },
  };
}
