import { randomBytes, randomUUID } from 'node:crypto';
import type { Transaction } from '#lib/platform/database/client.ts';
import type { StudySpec } from '../schema.ts';

export interface NewSession {
  /** Random unless a simulation sets it: it decides which pairs are checks. */
  readonly id?: string;
  readonly raterId: string;
  /** Pairs that the rater has credit for already. */
  readonly credited: number;
  readonly spec: Pick<StudySpec, 'session' | 'maxPairsPerRater' | 'completion'>;
  readonly now: Date;
}

/** Letters and digits that nobody mistakes for each other. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 8;

/** Starts a session of the study's length, or of what the rater's cap leaves. */
export async function startSession(
  transaction: Transaction,
  { id = randomUUID(), raterId, credited, spec, now }: NewSession,
): Promise<void> {
  await transaction.raterSession.create({
    data: {
      id,
      raterId,
      wantedPairs: sessionPairs(spec, credited),
      startedAt: now,
      completionCode: spec.completion.code ?? randomCode(),
    },
  });
}

/** How many pairs a session has that starts when the rater has credit for so many. */
export function sessionPairs(
  spec: Pick<StudySpec, 'session' | 'maxPairsPerRater'>,
  credited: number,
): number {
  const left =
    spec.maxPairsPerRater === null ? spec.session.pairs : spec.maxPairsPerRater - credited;
  return Math.max(1, Math.min(spec.session.pairs, left));
}

function randomCode(): string {
  // 31 letters: a byte's remainder favours some by an eighth, which a completion code can bear.
  return Array.from(
    randomBytes(CODE_LENGTH),
    (byte) => CODE_LETTERS[byte % CODE_LETTERS.length],
  ).join('');
}
