import { type Command, InvalidArgumentError, Option } from 'commander';
import { axisContrasts, type Contrast, contrastRows } from '#lib/statistics/axis/contrasts.ts';
import { rankVotes } from '#lib/statistics/ranking/rank.ts';
import {
  type EloPaperArm,
  INTERVALS,
  METHODS,
  type RankedArm,
  type Ranking,
  type RankSettings,
} from '#lib/statistics/ranking/ranking.ts';
import { winShare } from '#lib/statistics/votes/win-share.ts';
import { contrastLines } from './contrast-lines.ts';
import { levelsFlag } from './levels-flag.ts';
import { type TableColumn, tableLines } from './table.ts';
import { loadVotes, skippedLines, type VoteFileFlags } from './vote-file.ts';

interface RankFlags extends VoteFileFlags, RankSettings {
  readonly levels?: string;
  readonly json?: boolean;
}

/** `winnow rank FILE`: ranks a vote file, without database or server. */
export function registerRank(program: Command): void {
  program
    .command('rank')
    .description('Rank the models of a vote file (CSV or JSONL: model_a, model_b, winner).')
    .argument('<file>', 'the vote file')
    .addOption(
      new Option(
        '--method <method>',
        'default: davidson if there is any tie, else bradley-terry',
      ).choices(METHODS),
    )
    .addOption(
      new Option(
        '--intervals <kind>',
        'default: two-way where raters and prompts are named (bootstrap under 15 of either)',
      ).choices(INTERVALS),
    )
    .addOption(new Option('--ties <how>', 'ties under bradley-terry').choices(['half', 'drop']))
    .option('--level <share>', 'level of the intervals (default 0.95)', number)
    .option('--ridge <L>', 'penalty (L/2) sum theta^2 (default 0, or 1 where it is needed)', number)
    .option('--k <points>', 'Elo: points at stake in one vote (default 1)', number)
    .option('--init <rating>', 'Elo: starting rating (default 1000)', number)
    .option('--levels <map>', 'levels of an axis, for contrasts: name=0,other=0.125')
    .option('--replicates <n>', 'bootstrap: resamples (default 1000)', number)
    .option('--shuffles <n>', 'elo-paper: passes in random order (default 1000)', number)
    .option('--seed <n>', 'seed of every random draw (default 0)', number)
    .option('--columns <map>', 'column names: a=left,b=right,winner=outcome,rater=who,prompt=item')
    .option('--values <map>', 'outcome words: left=x,right=y,tie=z')
    .option('--skip-bad-rows', 'leave out rows that are no votes, and count them')
    .option('--json', 'print the result as JSON (docs/rank-json.md)')
    .action(async (file: string, flags: RankFlags) => {
      const { votes, skipped, examples } = await loadVotes(file, flags);
      const { ranking, contrasts } = withContrasts(rankVotes(votes, flags), flags.levels);
      if (flags.json) {
        const result = { ...ranking, contrasts, skippedRows: skipped };
        process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
        return;
      }
      const lines = [
        ...rankingLines(ranking, contrastLines(contrasts)),
        ...skippedLines({ skipped, examples }),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError('It must be a number.');
  }
  return value;
}

const TITLES: Record<Ranking['method'], string> = {
  davidson: 'Davidson',
  'bradley-terry': 'Bradley-Terry',
  'rao-kupper': 'Rao-Kupper',
  elo: 'Elo in the order of the file',
  'elo-paper': 'Elo, mean over shuffles',
};

/** The contrasts of the levels that were given, and a warning where there are none. */
function withContrasts(
  ranking: Ranking,
  text: string | undefined,
): { ranking: Ranking; contrasts: readonly Contrast[] } {
  if (text === undefined) return { ranking, contrasts: [] };
  const names = ranking.arms.map(({ name }) => name);
  const contrasts = contrastRows(axisContrasts(ranking, levelsFlag(text, names)));
  if (contrasts.length > 0) return { ranking, contrasts };
  const warning = {
    code: 'no-contrasts',
    message:
      'There are no contrasts: they need a method with standard errors and two arms that met, at different levels.',
  };
  return { ranking: { ...ranking, warnings: [...ranking.warnings, warning] }, contrasts };
}

/** The ranking as text: a head, a table best first, and what must be known. */
function rankingLines(ranking: Ranking, contrasts: readonly string[]): string[] {
  const { settings, arms } = ranking;
  const head = [
    `${TITLES[ranking.method]}: ${ranking.votes} votes, ${arms.length} arms`,
    ...(ranking.tieParameter === null ? [] : [`tie parameter ${ranking.tieParameter.toFixed(4)}`]),
    ...(settings.intervals === null
      ? []
      : [`${percent(settings.level)} intervals (${settings.intervals})`]),
    `seed ${ranking.seed}`,
  ].join(', ');
  const table = tableLines(
    columnsOf(ranking),
    arms.map((arm, place) => cellsOf(ranking, arm, place)),
  );
  const marks = arms.some((arm) => arm.provisional) ? ['* provisional'] : [];
  return [
    head,
    '',
    ...table,
    '',
    ...twoArmLines(ranking),
    ...contrasts,
    ...marks,
    ...ranking.warnings.map(({ message }) => `! ${message}`),
  ];
}

function columnsOf(ranking: Ranking): TableColumn[] {
  const titles =
    ranking.settings.intervals === null
      ? ranking.method === 'elo'
        ? []
        : ['median', 'q025', 'q975', 'limit']
      : ['interval', 'theta', 'se', 'rank', 'tier', 'P(best)'];
  return ['#', 'arm', 'elo', ...titles, 'wins', 'losses', 'ties'].map((title) => ({
    title,
    align: title === 'arm' ? 'left' : 'right',
  }));
}

function cellsOf(ranking: Ranking, arm: RankedArm | EloPaperArm, place: number): string[] {
  const middle =
    ranking.settings.intervals !== null
      ? [
          arm.eloLow === null ? '-' : `${fixed(arm.eloLow, 1)} to ${fixed(arm.eloHigh, 1)}`,
          fixed(arm.theta, 4),
          fixed(arm.se, 4),
          arm.rankLow === arm.rankHigh ? `${arm.rankLow}` : `${arm.rankLow}-${arm.rankHigh}`,
          arm.tier === null ? '-' : String(arm.tier),
          fixed(arm.pBest, 3),
        ]
      : 'limit' in arm
        ? [arm.median, arm.q025, arm.q975, arm.limit].map((value) => fixed(value, 1))
        : [];
  return [
    String(place + 1),
    arm.provisional ? `${arm.name} *` : arm.name,
    fixed(arm.elo, 1),
    ...middle,
    String(arm.wins),
    String(arm.losses),
    String(arm.ties),
  ];
}

/** Two arms alone are told by a win share, which needs no scale. */
function twoArmLines({ arms, settings }: Ranking): string[] {
  const [best, other] = arms;
  if (arms.length !== 2 || !best || !other) return [];
  const { share, low, high } = winShare(best.wins, best.losses, best.ties, settings.level);
  if (share === null) return [];
  return [
    `${best.name} is preferred to ${other.name} in ${percent(share)} of votes, ties as half (${percent(settings.level)} interval ${percent(low)} to ${percent(high)}, votes taken as independent).`,
  ];
}

const fixed = (value: number | null, digits: number): string =>
  value === null ? '-' : value.toFixed(digits);
const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;
