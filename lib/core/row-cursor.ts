import { AppError } from './errors.ts';

/**
 * The row id that a cursor stands for; null at the start of a list.
 *
 * @throws AppError BAD_INPUT for anything but a cursor of an earlier answer
 */
export function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor))
    throw new AppError('BAD_INPUT', 'The cursor has to be the nextCursor of an earlier answer.', {
      field: 'cursor',
    });
  return Number(cursor);
}
