import { type ArmSpec, type StudySpec, studySpecSchema } from '#lib/studies/schema.ts';

/** A subset of clips that a model is to be trained on. */
export interface TrainingSubset {
  readonly slug: string;
  readonly clips: number;
  /** SHA-256 of its rule and version. */
  readonly definitionHash: string;
}

export interface ConfirmationInput {
  readonly slug: string;
  /** `clips, version 2`. */
  readonly dataset: string;
  readonly curated: TrainingSubset;
  /** A random drop to the same number of clips. */
  readonly uncurated: TrainingSubset;
  /** The studies whose decisions the curated subset follows; the first one gives the form. */
  readonly studies: readonly StudySpec[];
}

export interface Confirmation {
  readonly spec: StudySpec;
  /** Settings of training that differ between the arms of those studies, and were left out. */
  readonly unlike: readonly string[];
}

/** Most prompts that a study may hold. */
const MOST_PROMPTS = 5000;

/**
 * The study that asks whether all filters together make a better model: curated against as many clips
 * dropped at random, under the prompts, questions and rendition of the axes' studies, and with the
 * training settings that are equal in all of them. Its videos are still to be made: they come by an
 * import of the study's own slug with the models `curated` and `uncurated`.
 *
 * @throws RangeError without a study
 */
export function confirmationSpec(input: ConfirmationInput): Confirmation {
  const { slug, dataset, curated, uncurated, studies } = input;
  const [form] = studies;
  if (!form) throw new RangeError('A confirmation follows at least one study.');
  const { shared, unlike } = commonSettings(studies.flatMap(({ arms }) => arms));
  const prompts = new Map(
    studies.flatMap((study) => study.prompts.map((prompt) => [prompt.key, prompt] as const)),
  );
  const arm = (name: string, { clips }: TrainingSubset) => ({
    name,
    clips,
    hyperparameters: shared,
  });
  const spec = studySpecSchema.parse({
    ...form,
    slug,
    title: 'Confirmation: curated against uncurated',
    description: [
      `Curated: the ${number(curated.clips)} clips of ${dataset} that all decided filters keep (subset ${curated.slug}, rule ${curated.definitionHash.slice(0, 12)}).`,
      `Uncurated: ${number(uncurated.clips)} clips of the same sample, chosen at random (subset ${uncurated.slug}, rule ${uncurated.definitionHash.slice(0, 12)}).`,
      `Decided in: ${studies.map(({ title }) => title).join('; ')}.`.slice(0, 1500),
      `Train both with equal settings and steps, then import their videos as "${slug}", with the models "curated" and "uncurated".`,
    ].join('\n'),
    import: slug,
    axis: null,
    arms: [arm('curated', curated), arm('uncurated', uncurated)],
    prompts: [...prompts.values()].slice(0, MOST_PROMPTS),
    // Examples and known answers name videos of arms that this study does not have.
    questions: form.questions.map((question) => ({ ...question, examples: [] })),
    gold: [],
    shares: { ...form.shares, gold: 0 },
    pairChoice: 'balanced',
  });
  return { spec, unlike };
}

/** Settings that every arm has with the same value, and the names of the others. */
function commonSettings(arms: readonly ArmSpec[]): {
  shared: ArmSpec['hyperparameters'];
  unlike: string[];
} {
  const names = [...new Set(arms.flatMap((arm) => Object.keys(arm.hyperparameters)))].sort();
  const isShared = (name: string) =>
    arms.every(
      ({ hyperparameters }) =>
        Object.hasOwn(hyperparameters, name) &&
        hyperparameters[name] === arms[0]?.hyperparameters[name],
    );
  return {
    shared: Object.fromEntries(
      names.filter(isShared).map((name) => [name, arms[0]?.hyperparameters[name] ?? null]),
    ),
    unlike: names.filter((name) => !isShared(name)),
  };
}

const number = (value: number): string => value.toLocaleString('en');
