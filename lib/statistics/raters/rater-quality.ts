export const FLAG_CODES = ['random', 'side-only', 'promoter', 'fast', 'unwatched', 'gold'] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

/** Why a rater is flagged: numbers for programs, a sentence for people. */
export interface RaterFlag {
  readonly code: FlagCode;
  readonly evidence: Readonly<Record<string, number | string>>;
  readonly reason: string;
}

/** How one rater answers. Shares are null where nothing is known; e-values are 1 without votes. */
export interface RaterQuality {
  readonly rater: string;
  readonly votes: number;
  /** Decided votes for either side, and the p-value that this rater leans as the others do. */
  readonly sideBias: { readonly left: number; readonly right: number; readonly p: number | null };
  readonly ties: number;
  readonly fastShare: number | null;
  readonly unwatchedShare: number | null;
  readonly gold: GoldRecord | null;
  readonly eRandom: number;
  readonly eSide: number;
  /** The e-value of the mixture over all arms, and the arm that it is most for. */
  readonly ePromoter: { readonly arm: string | null; readonly e: number };
  readonly flags: readonly RaterFlag[];
}

export interface GoldRecord {
  readonly seen: number;
  readonly missed: number;
}

/** What is known beside the answers. */
export interface RaterExtras {
  /** For each question a column over its votes: 1 where answered too fast to have seen. */
  readonly fast?: readonly (Uint8Array | null)[] | undefined;
  /** The same: 1 where a video was not watched. */
  readonly unwatched?: readonly (Uint8Array | null)[] | undefined;
  /** Pairs with a known answer, by rater. */
  readonly gold?: ReadonlyMap<string, GoldRecord> | undefined;
}

export interface RaterFlagOptions {
  /** The chance that an honest rater is flagged by their answers; default 0.05. */
  readonly alpha?: number | undefined;
  /** The share of fast or unwatched votes from which a rater is flagged; default 0.25. */
  readonly mostMarked?: number | undefined;
  /** Votes below which no such share flags; default 10. */
  readonly leastVotes?: number | undefined;
  /** How often honest raters miss a gold pair; default 0.15. */
  readonly goldMisses?: number | undefined;
}
