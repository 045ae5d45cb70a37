import type { VoteBreakdown } from '#lib/studies/votes/schema.ts';
import { capital } from '../axis-report/number-words.ts';
import type { Inline, Paragraph, Section } from './document.ts';
import type { MethodsFacts } from './methods-facts.ts';
import { modelText } from './model-text.ts';

/** The "Human evaluation" section of a paper about a study. */
export function methodsSection(facts: MethodsFacts): Section {
  return {
    title: 'Human evaluation',
    paragraphs: [
      { heading: 'Design', text: [designText(facts)] },
      { heading: 'Questions', text: [questionsText(facts)] },
      { heading: 'Votes', text: [votesText(facts)] },
      { heading: 'Model and intervals', text: modelText(facts) },
      ...axisParagraphs(facts),
      { heading: 'Software', text: [softwareText(facts)] },
    ],
  };
}

function designText({ spec, comparisons, breakdown, acceptedDifferences }: MethodsFacts): string {
  const { axis, arms, prompts, kind, rendition } = spec;
  const thing = kind === 'caption' ? 'caption' : 'video';
  const levels = arms.filter((arm) => arm.level !== null && !arm.isControl && !arm.replicaOf);
  const controls = arms.filter(({ isControl }) => isControl);
  const replicas = arms.filter(({ replicaOf }) => replicaOf !== null);
  const allPairs = prompts.length * ((arms.length * (arms.length - 1)) / 2);
  const says: string[] = [
    `We compared ${counted(arms.length, 'arm')} on ${counted(prompts.length, 'prompt')} by blind pairwise comparison of two ${thing}s of the same prompt.`,
  ];
  if (axis && levels.length > 0)
    says.push(
      axis.kind === 'removed-fraction'
        ? `The arms differ in the fraction of the training data removed by ${axis.name}: ${listed(levels.map(({ level }) => percent(level ?? 0)))}.`
        : `The arms are ordered along ${axis.name}: ${listed([...new Set(levels.map(({ level }) => `${level}${axis.unit && ` ${axis.unit}`}`))])}.`,
    );
  if (controls.length > 0)
    says.push(
      `${capital(counted(controls.length, 'arm'))} removed the same amount at random and served as control.`,
    );
  if (replicas.length > 0)
    says.push(
      `${capital(counted(replicas.length, 'arm'))} repeated the checkpoint of another arm, to show the noise floor.`,
    );
  if (comparisons > 0)
    says.push(
      comparisons === allPairs
        ? `Every pair of arms was compared on every prompt: ${counted(comparisons, 'comparison')}.`
        : `There were ${counted(comparisons, 'comparison')} of a pair of arms on a prompt.`,
    );
  if (spec.pairChoice === 'adaptive')
    says.push('Pairs that promised to teach more were shown more often.');
  if (breakdown.people + breakdown.simulated > 0) {
    says.push(
      `Which of the two stood on the left was drawn at random, balanced within each comparison and question; nothing on the screen told the arms apart.`,
    );
    if (kind === 'video')
      says.push(
        `All videos were shown in one form: ${rendition.width} × ${rendition.height} pixels, ${rendition.fps} frames a second, ${rendition.durationSeconds === null ? 'trimmed to the length of the shortest' : `${rendition.durationSeconds} s`}, without sound, file name or metadata.`,
      );
  }
  for (const { field, reason } of acceptedDifferences)
    says.push(
      `The arms also differ in ${field.replace(/^hyperparameters\./, '')}, which was accepted for this reason: ${sentence(reason)}`,
    );
  return says.join(' ');
}

function questionsText({ spec, breakdown }: MethodsFacts): string {
  const asked = spec.questions.map(({ wording }) => `“${wording.en}”`);
  const says = [
    asked.length === 1
      ? `Raters were asked ${asked[0]}.`
      : `Raters were asked ${listed(asked)}, ${spec.questionMode === 'one' ? 'one question a pair' : 'all of a pair in turn'}.`,
    spec.allowTies ? 'They could call a pair equal.' : 'They had to choose one of the two.',
  ];
  if (breakdown.people + breakdown.simulated === 0) return says.join(' ');
  says.push(
    `Each comparison and question was to be answered by ${spec.votesPerCell === 1 ? 'one rater' : `${number(spec.votesPerCell)} different raters`}; a session had ${counted(spec.session.pairs, 'pair')}.`,
  );
  if (spec.maxPairsPerRater !== null)
    says.push(`No rater answered more than ${counted(spec.maxPairsPerRater, 'pair')}.`);
  if (spec.requireFullPlay && spec.kind === 'video')
    says.push('Both videos had to have played once before a vote.');
  const { gold, same, repeat } = spec.shares;
  const checks = [
    ...(gold > 0 ? [`${percent(gold)} pairs with a known answer`] : []),
    ...(same > 0 ? [`${percent(same)} pairs of one arm with itself`] : []),
    ...(repeat > 0 ? [`${percent(repeat)} pairs repeated with sides swapped`] : []),
  ];
  says.push(
    checks.length > 0
      ? `Sessions held checks that look like other pairs and never enter rankings: ${listed(checks)}.`
      : 'Sessions held no check pairs.',
  );
  return says.join(' ');
}

const CAUSES: Readonly<Record<VoteBreakdown['excluded'][number]['because'], string>> = {
  random: 'answers like chance',
  'side-only': 'choosing by side',
  promoter: 'favouring one arm',
  fast: 'voting too fast',
  unwatched: 'not watching',
  gold: 'failing known answers',
  other: 'other reasons',
};

function votesText({ breakdown, head, snapshots }: MethodsFacts): string {
  const { people, simulated, imported } = breakdown;
  const counts = { simulated: !head.exclusion.simulated, imported: !head.exclusion.imported };
  const questions = snapshots.filter(({ question }) => question !== null);
  const says = [
    `The rankings use ${counted(head.votes, 'vote')}${counts.simulated && counts.imported ? ` of ${counted(breakdown.raters, 'rater')}` : ''}${questions.length > 1 ? ` (${listed(questions.map(({ votes }) => number(votes)))} on the questions in turn)` : ''}.`,
  ];
  if (people > 0) says.push(`${capital(counted(people, 'vote'))} came from people.`);
  if (simulated > 0)
    says.push(
      counts.simulated
        ? `${capital(counted(simulated, 'vote'))} came from simulated raters, not from people.`
        : `${capital(counted(simulated, 'vote'))} of simulated raters were left out.`,
    );
  if (imported > 0)
    says.push(
      counts.imported
        ? `${capital(counted(imported, 'vote'))} were imported from files.`
        : `${capital(counted(imported, 'vote'))} imported from files were left out.`,
    );
  says.push(
    breakdown.excluded.length === 0
      ? 'No rater was excluded.'
      : `Excluded with a recorded reason: ${listed(
          breakdown.excluded.map(
            ({ because, votes, raters }) =>
              `${counted(votes, 'vote')} of ${counted(raters, 'rater')} for ${CAUSES[because]}`,
          ),
        )}.`,
  );
  if (breakdown.retracted > 0)
    says.push(`${capital(counted(breakdown.retracted, 'vote'))} were taken back by their raters.`);
  if (breakdown.surplus > 0)
    says.push(
      `${capital(counted(breakdown.surplus, 'vote'))} beyond the planned number were not used.`,
    );
  if (breakdown.marked > 0)
    says.push(
      `${capital(counted(breakdown.marked, 'vote'))} marked as fast or unwatched were kept.`,
    );
  return says.join(' ');
}

function axisParagraphs({ axis, decision }: MethodsFacts): Paragraph[] {
  if (!axis?.advice) return [];
  const curve = axis.curves.at(-1);
  const found = (curve?.words ?? [])
    .filter(({ code }) => code !== 'provisional')
    .map(({ text }) => sentence(text));
  const { advice } = axis;
  const says: Inline[] = [
    `Before the study opened, the rule was set to take ${advice.ruleText}. On these votes it says: ${advice.text}`,
  ];
  if (decision)
    says.push(
      ` Chosen was ${decision.arm === null ? 'no arm, on purpose' : `“${decision.arm}”`}${decision.snapshot.id === axis.snapshot?.id ? '' : ' (on other votes than these)'}, for this reason: ${sentence(decision.reason)}`,
    );
  return [
    ...(found.length === 0 ? [] : [{ heading: 'Result', text: [found.join(' ')] }]),
    { heading: 'Decision', text: says },
  ];
}

function softwareText({ head }: MethodsFacts): string {
  return `All numbers were computed with Winnow (version ${head.version} of its statistics, seed ${head.seed}) from the votes up to number ${head.watermark}, as they stood on ${head.createdAt.slice(0, 10)}; the same votes and seed give the same digits.`;
}

/** "1,152 votes", "1 vote". */
function counted(size: number, one: string): string {
  return `${number(size)} ${one}${size === 1 ? '' : 's'}`;
}

const number = (value: number): string => value.toLocaleString('en');
const percent = (share: number): string => `${+(100 * share).toFixed(2)} %`;
const sentence = (text: string): string =>
  /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
