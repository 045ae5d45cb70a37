import type { VoteInput } from '#lib/studies/rating/schema.ts';
import type { Outcome } from '#lib/studies/schema.ts';
import type { RatingState } from './rating-machine.ts';
import type { RatingPort } from './rating-port.ts';
import type { KeptStorage, OutboxState } from './vote-outbox.ts';

export interface SessionDeps {
  port: RatingPort;
  storage: KeptStorage | null;
  schedule(ms: number, callback: () => void): () => void;
  nowMs(): number;
}

export interface SessionSnapshot {
  rating: RatingState;
  outbox: OutboxState;
  /** The server was not reached for the next pair; it is tried again. */
  isStalled: boolean;
}

/** What the player measured, as a vote carries it. */
export type VoteMeasures = Omit<VoteInput, 'assignmentId' | 'question' | 'outcome'>;

export interface RatingSession {
  snapshot(): SessionSnapshot;
  subscribe(listener: () => void): () => void;
  /** Joins the study; also the way out of a failed start. `again`: for another session. */
  start(again?: boolean): Promise<void>;
  begin(): void;
  answerTraining(outcome: Outcome): void;
  nextTraining(): void;
  /** Casts the vote in turn; false when there is none to cast. */
  vote(outcome: Outcome, measures: VoteMeasures): boolean;
  undo(): Promise<void>;
  reportBroken(side: 'left' | 'right' | 'both', note: string): Promise<void>;
  pause(): void;
  resume(): void;
  leave(): Promise<void>;
  /** The page was hidden, or is seen again. */
  setSeen(isSeen: boolean): void;
  /** The server refuses the clips of this pair, or they can't be decoded. */
  clipsRefused(assignmentId: string): Promise<void>;
  /** The network is back: sends and draws without waiting. */
  reconnect(): void;
  dispose(): void;
}
