import { MAX_CELLS } from '../opening/comparisons.ts';
import { estimateSpec } from '../overview/estimate.ts';
import { sourceOf } from '../renditions/find-sources.ts';
import { ADAPTIVE_ARMS, type StudySpec } from '../schema.ts';
import { item, itemIf } from './item.ts';
import { levelItems } from './level-items.ts';
import type { ChecklistItem, DifferenceView, RenditionCounts } from './schema.ts';

/** What is known of a study when its checklist is written. Arms and prompts by position. */
export interface ChecklistFacts {
  readonly spec: StudySpec;
  readonly imports: readonly {
    readonly slug: string;
    readonly kind: string;
    readonly state: string;
  }[];
  readonly refused: readonly {
    readonly arm: number;
    readonly prompt: number;
    readonly reason: string;
  }[];
  readonly renditions: readonly {
    readonly arm: number;
    readonly prompt: number;
    readonly take: number;
    readonly state: 'waiting' | 'ready' | 'failed';
    readonly reason: string | null;
  }[];
  readonly counts: RenditionCounts;
  readonly differences: readonly DifferenceView[];
}

/** Everything to do before a study can open, what stops it first. */
export function listItems(facts: ChecklistFacts): ChecklistItem[] {
  const items = [
    ...importItems(facts),
    ...videoItems(facts),
    ...promptItems(facts.spec),
    ...levelItems(facts.spec),
    ...differenceItems(facts),
    ...checkItems(facts),
    ...trainingItems(facts.spec),
    ...sizeItems(facts.spec),
    ...pairChoiceItems(facts.spec),
  ];
  const order = { blocker: 0, waiting: 1, advice: 2 };
  return items.sort((a, b) => order[a.severity] - order[b.severity]);
}

function importItems({ spec, imports }: ChecklistFacts): ChecklistItem[] {
  const known = new Map(imports.map((one) => [one.slug, one]));
  const named = [...new Set(spec.arms.map((arm) => sourceOf(spec, arm).import))];
  const unknown = named.filter((slug) => !known.has(slug));
  const other = imports.filter((one) => one.kind !== spec.kind).map((one) => one.slug);
  const busy = imports.filter((one) => !['done', 'failed'].includes(one.state));
  return [
    ...item(
      'import-missing',
      'blocker',
      'import',
      unknown,
      'The project has no import of this name.',
    ),
    ...item(
      'import-kind',
      'blocker',
      'import',
      other,
      `This is a ${spec.kind} study, and these imports hold something else.`,
    ),
    ...item(
      'import-running',
      'waiting',
      'import',
      busy.map((one) => one.slug),
      'These imports are not finished; wait for them, or start them.',
    ),
  ];
}

function videoItems({ spec, refused, renditions, counts }: ChecklistFacts): ChecklistItem[] {
  const place = (arm: number, prompt: number) =>
    `${spec.arms[arm]?.name} / ${spec.prompts[prompt]?.key}`;
  const key = (arm: number, prompt: number) => arm * spec.prompts.length + prompt;
  const present = new Set(renditions.map((one) => key(one.arm, one.prompt)));
  const gone = refused.filter((one) => !present.has(key(one.arm, one.prompt)));
  const explained = new Set(gone.map((one) => key(one.arm, one.prompt)));
  const missing: string[] = [];
  for (let arm = 0; arm < spec.arms.length; arm++)
    for (let prompt = 0; prompt < spec.prompts.length; prompt++)
      if (!present.has(key(arm, prompt)) && !explained.has(key(arm, prompt)))
        missing.push(place(arm, prompt));
  const what = spec.kind === 'caption' ? 'captions or clips' : 'videos';
  return [
    ...item(
      'video-missing',
      'blocker',
      'arms',
      missing,
      `The import has no ${what} for these arms and prompts (${missing.length} of ${counts.wanted}). Import them, or leave out the arms or prompts.`,
    ),
    ...item(
      'video-refused',
      'blocker',
      'import',
      gone.map((one) => `${place(one.arm, one.prompt)}: ${one.reason}`),
      'The import refused these videos.',
    ),
    ...item(
      'rendition-failed',
      'blocker',
      'renditions',
      renditions
        .filter((one) => one.state === 'failed')
        .map((one) => `${place(one.arm, one.prompt)}: ${one.reason ?? 'unknown reason'}`),
      'These videos could not be brought to the common form.',
    ),
    ...item(
      'rendition-waiting',
      'waiting',
      'renditions',
      counts.waiting > 0 ? [`${counts.ready} of ${counts.wanted} are ready`] : [],
      'The videos are being brought to their common form.',
    ),
  ];
}

function promptItems(spec: StudySpec): ChecklistItem[] {
  if (spec.kind === 'caption') return [];
  const empty = spec.prompts.filter((prompt) => prompt.text === '' && prompt.images.length === 0);
  return item(
    'prompt-text-missing',
    'blocker',
    'prompts',
    empty.map((prompt) => prompt.key),
    'Raters need a text or a picture to judge by; these prompts have neither.',
  );
}

function differenceItems({ spec, differences }: ChecklistFacts): ChecklistItem[] {
  const open = differences.filter((one) => !one.acknowledgement?.isCurrent);
  return item(
    'difference-open',
    spec.axis ? 'blocker' : 'advice',
    'differences',
    open.map((one) => one.label),
    spec.axis
      ? `The arms differ in more than "${spec.axis.name}". Make them equal, or accept each difference with a reason, which the report prints.`
      : 'The arms differ in these as well; the report says so.',
  );
}

function checkItems({ spec, renditions }: ChecklistFacts): ChecklistItem[] {
  const pairs = new Map<string, string>();
  const contradictions: string[] = [];
  for (const gold of spec.gold) {
    const pair = JSON.stringify([gold.prompt, [gold.better, gold.worse].sort()]);
    const before = pairs.get(pair);
    if (before !== undefined && before !== gold.better)
      contradictions.push(`${gold.prompt}: ${gold.better} and ${gold.worse}`);
    pairs.set(pair, gold.better);
  }
  const hasTakes = renditions.some((one) => one.take > 0);
  return [
    ...itemIf(
      spec.shares.gold > 0 && spec.gold.length === 0,
      'gold-missing',
      'blocker',
      'rules',
      'A share of pairs with a known answer is wanted, but none is named.',
    ),
    ...itemIf(
      spec.shares.gold === 0 && spec.gold.length > 0,
      'gold-share-missing',
      'advice',
      'rules',
      'Pairs with a known answer are named, but their share of a session is 0, so none is shown.',
    ),
    ...item(
      'gold-contradicts',
      'blocker',
      'rules',
      contradictions,
      'These pairs are named with both answers.',
    ),
    ...itemIf(
      spec.shares.same > 0 && !hasTakes,
      'same-missing',
      'blocker',
      'rules',
      'A share of pairs of one arm with itself is wanted, but no arm has two videos (seeds) of a prompt.',
    ),
  ];
}

function trainingItems(spec: StudySpec): ChecklistItem[] {
  const without = spec.questions.filter((question) => question.examples.length === 0);
  return item(
    'example-missing',
    'advice',
    'questions',
    without.map((question) => question.key),
    'Raters agree more when they see an example first; these questions have none.',
  );
}

function sizeItems(spec: StudySpec): ChecklistItem[] {
  const { armPairs, cells } = estimateSpec(spec);
  const number = (value: number) => value.toLocaleString('en');
  return itemIf(
    cells > MAX_CELLS,
    'too-large',
    'blocker',
    'arms',
    `${number(armPairs)} pairs of arms x ${number(spec.prompts.length)} prompts x ${spec.questions.length} questions are ${number(cells)} counts; a study holds at most ${number(MAX_CELLS)}. Take fewer arms or prompts, or split the study.`,
  );
}

/** Below this many votes a cell, an adaptive study can hardly favour a pair before it is full. */
const HEADROOM = 5;

function pairChoiceItems({ pairChoice, axis, arms, votesPerCell }: StudySpec): ChecklistItem[] {
  const couldAdapt =
    axis === null && arms.length >= ADAPTIVE_ARMS.fewest && arms.length <= ADAPTIVE_ARMS.most;
  return [
    ...itemIf(
      pairChoice === 'balanced' && couldAdapt,
      'adaptive-helps',
      'advice',
      'rules',
      `With ${arms.length} arms of unlike strength, choosing pairs adaptively can take fewer votes for the same certainty.`,
    ),
    ...itemIf(
      pairChoice === 'adaptive' && votesPerCell < HEADROOM,
      'adaptive-headroom',
      'advice',
      'rules',
      `Pairs are chosen adaptively, but each may get only ${votesPerCell} votes on a prompt: allow ${HEADROOM} or more, and stop when the study's page says that it is enough.`,
    ),
  ];
}
