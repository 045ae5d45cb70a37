/** The version of the methods: it changes whenever the same votes would give other numbers. */
export const STATISTICS_VERSION = '1.1';

/** Methods that fit strengths, by maximum likelihood. */
export const STRENGTH_METHODS = ['bradley-terry', 'davidson', 'rao-kupper'] as const;
export type StrengthMethod = (typeof STRENGTH_METHODS)[number];

export const METHODS = ['elo-paper', 'elo', ...STRENGTH_METHODS] as const;
export type Method = (typeof METHODS)[number];

export const INTERVALS = ['two-way', 'rater', 'prompt', 'hc0', 'model', 'bootstrap'] as const;
export type Intervals = (typeof INTERVALS)[number];

/** How to rank. Whatever is left out is chosen as told, and named in the result. */
export interface RankSettings {
  /** Default: davidson if there is any tie, else bradley-terry. */
  readonly method?: Method | undefined;
  /** Ties under Bradley-Terry; default half. */
  readonly ties?: 'half' | 'drop' | undefined;
  /**
   * Default: two-way where votes name at least two raters and two prompts (bootstrap under 15 of
   * either), else by the one that they name, else hc0; model where a ridge had to be added.
   */
  readonly intervals?: Intervals | undefined;
  /** Of intervals and rank ranges; default 0.95. */
  readonly level?: number | undefined;
  /** L of the penalty (L / 2) sum theta^2; default 0, or 1 where no finite estimate exists. */
  readonly ridge?: number | undefined;
  /** Elo: points at stake in one vote; default 1. */
  readonly k?: number | undefined;
  /** Elo: the starting rating; default 1000. */
  readonly init?: number | undefined;
  /** elo-paper: passes in random order; default 1,000. */
  readonly shuffles?: number | undefined;
  /** Of the bootstrap; default 1,000. */
  readonly replicates?: number | undefined;
  /** Of every random draw; default 0. */
  readonly seed?: number | undefined;
  /** Arms with fewer votes are provisional; default 10. */
  readonly minimumVotes?: number | undefined;
}

/** Something that a reader of the numbers must know; programs go by the code. */
export interface RankWarning {
  readonly code: string;
  readonly message: string;
}

/** Notes something that a reader of the numbers must know. */
export type Warn = (code: string, message: string) => void;

/** One arm of a ranking. Numbers that the method does not give, or that do not exist, are null. */
export interface RankedArm {
  readonly name: string;
  /** Natural-log strength; the mean over arms is zero. */
  readonly theta: number | null;
  readonly se: number | null;
  readonly elo: number;
  readonly eloLow: number | null;
  readonly eloHigh: number | null;
  /** Best and worst place that the votes leave open, jointly for all arms. */
  readonly rankLow: number | null;
  readonly rankHigh: number | null;
  readonly tier: number | null;
  readonly pBest: number | null;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Arms that met, directly or through others, share a component; counted from 0. */
  readonly component: number;
  /** Not to be relied on yet: too few votes, or no finite estimate. */
  readonly provisional: boolean;
}

/** What elo-paper adds to an arm. */
export interface EloPaperArm extends RankedArm {
  readonly mean: number;
  readonly median: number;
  readonly q025: number;
  readonly q975: number;
  readonly limit: number;
}

/**
 * What later steps need of a ranking, fresh or read from a snapshot: strengths by name, and the
 * covariance of `theta` in the order of `arms`.
 */
export interface Strengths {
  readonly arms: readonly {
    readonly name: string;
    readonly theta: number | null;
    /** Arms of different components never met: nothing compares them. */
    readonly component?: number;
  }[];
  readonly vcov: readonly (readonly number[])[] | null;
  /** Of the intervals; null is infinite (normal). */
  readonly degreesOfFreedom: number | null;
}

/** A ranking: plain data, frozen. `arms` are best first; `vcov` is of theta in their order. */
export interface Ranking extends Strengths {
  readonly method: Method;
  readonly version: string;
  readonly settings: {
    readonly ties: 'half' | 'drop';
    /** Null for the two Elo methods, which have no standard error. */
    readonly intervals: Intervals | null;
    readonly level: number;
    readonly ridge: number;
    readonly k: number;
    readonly init: number;
    readonly shuffles: number;
    readonly replicates: number;
    readonly minimumVotes: number;
  };
  readonly seed: number;
  readonly votes: number;
  readonly arms: readonly (RankedArm | EloPaperArm)[];
  readonly vcov: readonly (readonly number[])[] | null;
  /**
   * Davidson's nu (0 without ties) or Rao and Kupper's eta (1 without ties); null for other methods
   * and where it has no finite estimate.
   */
  readonly tieParameter: number | null;
  /** Degrees of freedom of the intervals; null is infinite (normal). */
  readonly degreesOfFreedom: number | null;
  /** Names of the arms that met, directly or through others. */
  readonly components: readonly (readonly string[])[];
  /** How many groups of arms have wins in both directions: one, or a ridge was needed. */
  readonly strongComponents: number;
  readonly warnings: readonly RankWarning[];
}
