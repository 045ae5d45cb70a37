import { AppError, type ErrorCode, type ErrorData } from '#lib/core/errors.ts';

/** What comes back from a thread: errors lose their code on the way unless it travels as data. */
export type ThreadReply<Output> =
  | { readonly kind: 'done'; readonly output: Output }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly message: string;
      readonly data: ErrorData;
    };

/** What the entry file of a thread exports as `run`. */
export type ThreadRun<Input, Output> = (input: Input) => Promise<ThreadReply<Output>>;

/** Makes a function the `run` of a thread's entry file. Input and output are copied (structured clone). */
export function inThread<Input, Output>(
  task: (input: Input) => Output | Promise<Output>,
): ThreadRun<Input, Output> {
  return async (input) => {
    try {
      return { kind: 'done', output: await task(input) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message, data } = error;
      return { kind: 'refused', code, message, data };
    }
  };
}
