import { AppError } from '#lib/core/errors.ts';
import { inThread } from '#lib/platform/threads/in-thread.ts';

export type SampleWork =
  | { readonly kind: 'sum'; readonly values: Float64Array }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'spin' };

/** What a test makes a thread do: add up, refuse, fail, or never end. */
export const run = inThread((work: SampleWork): number => {
  switch (work.kind) {
    case 'sum':
      return work.values.reduce((sum, value) => sum + value, 0);
    case 'refuse':
      throw new AppError('BAD_INPUT', 'Refused on purpose.', { reason: 'on-purpose' });
    case 'fail':
      throw new RangeError('Failed on purpose.');
    case 'spin':
      for (;;);
  }
});
