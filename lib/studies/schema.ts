import * as z from 'zod';
import { slugSchema } from '#lib/accounts/schema.ts';

/** A text per language; English is the fallback. */
export const localizedTextSchema = z.strictObject({
  en: z.string().trim().min(1).max(2000),
  zh: z.string().trim().min(1).max(2000).optional(),
});
export type LocalizedText = z.infer<typeof localizedTextSchema>;

const keySchema = z
  .string()
  .min(1)
  .max(120)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f]+$/, 'leave out control characters');

export const hyperparameterSchema = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  z.null(),
]);

/** An ordered numeric level along which arms differ. Filter wording appears only for removed fractions. */
export const axisSchema = z.strictObject({
  /**
   * `training-step`: arms of one series (an initialisation, for example) at several steps; only arms
   * of the same step are compared.
   */
  kind: z.enum(['removed-fraction', 'ordered', 'training-step']).default('ordered'),
  name: z.string().trim().min(1).max(80),
  unit: z.string().trim().max(20).default(''),
  /** The axis of a dataset whose subsets the arms were trained on. */
  dataset: z
    .strictObject({ dataset: slugSchema, version: z.int().min(1), axis: slugSchema })
    .optional(),
});
export type Axis = z.infer<typeof axisSchema>;

export const armSpecSchema = z.strictObject({
  name: keySchema,
  level: z.number().finite().nullable().default(null),
  /** Which import and which model (or captioner) in it; the study's own import when left out. */
  source: z.strictObject({ import: slugSchema.optional(), model: keySchema }).optional(),
  hyperparameters: z.record(z.string().min(1).max(80), hyperparameterSchema).default({}),
  /** How many clips its model was trained on. */
  clips: z.int().min(0).nullable().default(null),
  /** A random drop to the same number of clips: at its level, but no point of the axis's curve. */
  isControl: z.boolean().default(false),
  /** The arm whose checkpoint this is again, to show the noise floor (an A/A pair). */
  replicaOf: keySchema.nullable().default(null),
  /** On an axis of training steps: what the arms of one line share, such as their initialisation. */
  series: z.string().trim().min(1).max(80).nullable().default(null),
});
export type ArmSpec = z.infer<typeof armSpecSchema>;
/** An arm of which nothing is said but its name, which is still to come. */
export const NEW_ARM: ArmSpec = {
  ...armSpecSchema.parse({ name: 'new' }),
  name: '',
};

export const promptSpecSchema = z.strictObject({
  key: keySchema,
  text: z.string().trim().max(4000),
  motion: z.string().trim().max(80).optional(),
  /** SHA-256 of conditioning images in the blob store, in the order in which they are shown. */
  images: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(4)
    .default([]),
  tags: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
});
export type PromptSpec = z.infer<typeof promptSpecSchema>;

/** A training pair shown before the first vote: two of the study's own videos and the expected answer. */
export const trainingExampleSchema = z.strictObject({
  prompt: keySchema,
  left: keySchema,
  right: keySchema,
  expected: z.enum(['left', 'right', 'tie']),
  explanation: localizedTextSchema,
});
export type TrainingExample = z.infer<typeof trainingExampleSchema>;

export const questionSchema = z.strictObject({
  key: slugSchema,
  wording: localizedTextSchema,
  instructions: localizedTextSchema.optional(),
  examples: z.array(trainingExampleSchema).max(6).default([]),
});
export type Question = z.infer<typeof questionSchema>;

/** The paper's two questions; `studySpecSchema` takes them when a video study names none. */
export const DEFAULT_VIDEO_QUESTIONS: readonly z.input<typeof questionSchema>[] = [
  {
    key: 'visual-quality',
    wording: { en: 'Which video looks better?', zh: '哪个视频看起来更好?' },
    instructions: {
      en: 'Judge sharpness, natural motion and freedom from flicker or broken shapes. Ignore how well it fits the text.',
      zh: '请判断清晰度、动作是否自然、有无闪烁或变形。不必考虑是否符合文字描述。',
    },
  },
  {
    key: 'prompt-following',
    wording: { en: 'Which video follows the prompt better?', zh: '哪个视频更符合文字描述?' },
    instructions: {
      en: 'Judge whether the video shows what the text says: things, their number and colour, what happens. Ignore beauty.',
      zh: '请判断视频是否表现了文字所述的内容:物体、数量、颜色和事件。不必考虑美观。',
    },
  },
];

export const DEFAULT_CAPTION_QUESTIONS: readonly z.input<typeof questionSchema>[] = [
  {
    key: 'accuracy',
    wording: {
      en: 'Which text describes the video more accurately?',
      zh: '哪段文字更准确地描述了视频?',
    },
  },
  {
    key: 'detail',
    wording: {
      en: 'Which text describes the video in more detail?',
      zh: '哪段文字对视频的描述更详细?',
    },
  },
];

const fraction = z.number().min(0).max(1);

/** A rectangle in fractions of the original frame; blacked out in every video of the study. */
export const maskSchema = z.strictObject({
  left: fraction,
  top: fraction,
  width: fraction,
  height: fraction,
});

/** The one form in which every video of a study is shown. Pixels, frames a second, seconds. */
export const renditionProfileSchema = z.strictObject({
  width: z.int().min(64).max(1920).multipleOf(2).default(576),
  height: z.int().min(64).max(1920).multipleOf(2).default(320),
  fps: z.number().min(1).max(60).default(24),
  /** Every video is trimmed to this; null keeps the shortest video's length for all. */
  durationSeconds: z.number().min(0.1).max(120).nullable().default(null),
  codec: z.enum(['h264', 'vp9']).default('h264'),
  crf: z.int().min(0).max(51).default(16),
  masks: z.array(maskSchema).max(8).default([]),
});
export type RenditionProfile = z.infer<typeof renditionProfileSchema>;

/** A comparison with a known answer, by arm names. */
export const goldSchema = z.strictObject({
  prompt: keySchema,
  better: keySchema,
  worse: keySchema,
});

/** How a threshold is recommended; set before the votes are seen. */
export const decisionRuleSchema = z.strictObject({
  /** `best`: the arm that people prefer. `cheapest`: the one that keeps most clips among those not worse than it. */
  prefer: z.enum(['best', 'cheapest']).default('best'),
  /** An arm that is worse by less than this many Elo points counts as not worse. */
  marginElo: z.number().min(0).max(1000).default(20),
  /** The question that decides, by its key; null for the mean of all. */
  question: slugSchema.nullable().default(null),
});
export type DecisionRule = z.infer<typeof decisionRuleSchema>;

/**
 * How many arms a study may have to choose its pairs adaptively: with fewer a balanced round robin is as
 * good, and a draw takes longer with every pair.
 */
export const ADAPTIVE_ARMS = { fewest: 7, most: 40 } as const;

/**
 * A whole study as a person writes it. Unknown keys are refused, so that a misspelt setting is never
 * silently left at its default. Reading a stored spec again gives the same spec.
 */
export const studySpecSchema = z
  .strictObject({
    slug: slugSchema,
    title: z.string().trim().min(1).max(200),
    description: z.string().trim().max(4000).default(''),
    kind: z.enum(['video', 'caption']).default('video'),
    /** The import that arms take their videos from unless they name another. */
    import: slugSchema.optional(),
    axis: axisSchema.nullable().default(null),
    arms: z.array(armSpecSchema).min(2, 'a study needs at least two arms').max(300),
    prompts: z.array(promptSpecSchema).min(1, 'a study needs at least one prompt').max(5000),
    questions: z.array(questionSchema).min(1).max(6).optional(),
    votesPerCell: z.int().min(1).max(100).default(3),
    allowTies: z.boolean().default(true),
    /** `one`: an assignment asks one question, as in the paper. `all`: all questions in turn. */
    questionMode: z.enum(['one', 'all']).default('one'),
    /**
     * `adaptive`: pairs of arms that teach most come more often, and `votesPerCell` is only the most
     * that a cell may get; for 7 to 40 arms and no axis.
     */
    pairChoice: z.enum(['balanced', 'adaptive']).default('balanced'),
    decision: decisionRuleSchema.prefault({}),
    /** The most pairs that one rater may answer in this study; null for no cap. */
    maxPairsPerRater: z.int().min(1).max(100_000).nullable().default(null),
    session: z
      .strictObject({
        pairs: z.int().min(1).max(1000).default(30),
        minutes: z.number().min(1).max(600).default(10),
      })
      .prefault({}),
    /** Both videos must have played once before a vote counts. */
    requireFullPlay: z.boolean().default(true),
    /** A vote faster than this many seconds after both videos started is marked. */
    tooFastSeconds: z.number().min(0).max(60).default(1),
    leaseSeconds: z.int().min(5).max(7200).default(600),
    seed: z.int().min(0).max(2_147_483_647).default(0),
    /** Shares of a session given to checks; raters can't tell them from regular pairs. */
    shares: z
      .strictObject({
        gold: fraction.default(0),
        same: fraction.default(0),
        repeat: fraction.default(0),
      })
      .refine((s) => s.gold + s.same + s.repeat <= 0.5, 'checks may take at most half of a session')
      .prefault({}),
    gold: z.array(goldSchema).max(2000).default([]),
    rendition: renditionProfileSchema.prefault({}),
    completion: z
      .strictObject({
        code: z.string().trim().min(1).max(120).nullable().default(null),
        redirectUrl: z
          .url({ protocol: /^https?$/ })
          .max(2000)
          .nullable()
          .default(null),
      })
      .prefault({}),
  })
  .transform((spec) => ({
    ...spec,
    questions:
      spec.questions ??
      z
        .array(questionSchema)
        .parse(spec.kind === 'caption' ? DEFAULT_CAPTION_QUESTIONS : DEFAULT_VIDEO_QUESTIONS),
  }))
  .superRefine((spec, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    refuseRepeats(
      spec.arms.map((arm) => arm.name),
      'arms',
      'name',
      complain,
    );
    refuseRepeats(
      spec.prompts.map((prompt) => prompt.key),
      'prompts',
      'key',
      complain,
    );
    refuseRepeats(
      spec.questions.map((question) => question.key),
      'questions',
      'key',
      complain,
    );
    const arms = new Set(spec.arms.map((arm) => arm.name));
    const prompts = new Set(spec.prompts.map((prompt) => prompt.key));
    spec.questions.forEach((question, index) => {
      question.examples.forEach((example, place) => {
        const path = ['questions', index, 'examples', place];
        for (const side of ['left', 'right'] as const)
          if (!arms.has(example[side]))
            complain([...path, side], `no arm is called "${example[side]}"`);
        if (!prompts.has(example.prompt))
          complain([...path, 'prompt'], `no prompt has the key "${example.prompt}"`);
      });
    });
    spec.gold.forEach((gold, index) => {
      if (gold.better === gold.worse)
        complain(['gold', index, 'worse'], 'name another arm than the better one');
      for (const arm of [gold.better, gold.worse])
        if (!arms.has(arm)) complain(['gold', index], `no arm is called "${arm}"`);
      if (!prompts.has(gold.prompt))
        complain(['gold', index], `no prompt has the key "${gold.prompt}"`);
    });
    spec.arms.forEach((arm, index) => {
      const path = ['arms', index, 'replicaOf'];
      if (arm.replicaOf === arm.name) complain(path, 'an arm can be a replica of another arm only');
      else if (arm.replicaOf !== null && !arms.has(arm.replicaOf))
        complain(path, `no arm is called "${arm.replicaOf}"`);
    });
    if (spec.pairChoice === 'adaptive') {
      if (spec.axis)
        complain(
          ['pairChoice'],
          'adaptive is for studies without an axis; the arms of an axis are compared in balance',
        );
      else if (spec.arms.length < ADAPTIVE_ARMS.fewest || spec.arms.length > ADAPTIVE_ARMS.most)
        complain(
          ['pairChoice'],
          `adaptive is for ${ADAPTIVE_ARMS.fewest} to ${ADAPTIVE_ARMS.most} arms; this study has ${spec.arms.length}`,
        );
    }
    const deciding = spec.decision.question;
    if (deciding !== null && !spec.questions.some((question) => question.key === deciding))
      complain(['decision', 'question'], `no question has the key "${deciding}"`);
    if (spec.axis)
      spec.arms.forEach((arm, index) => {
        if (
          spec.axis?.kind === 'removed-fraction' &&
          arm.level !== null &&
          (arm.level < 0 || arm.level >= 1)
        )
          complain(
            ['arms', index, 'level'],
            'a removed fraction lies between 0 and 1, such as 0.25',
          );
      });
    if (!spec.import)
      spec.arms.forEach((arm, index) => {
        if (!arm.source?.import)
          complain(
            ['arms', index, 'source'],
            'name the import that this arm takes its videos from',
          );
      });
  });
export type StudySpec = z.output<typeof studySpecSchema>;
export type StudySpecInput = z.input<typeof studySpecSchema>;

/** `['arms', 2, 'level']` as `arms[2].level`, the way people write it. */
export function spellPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function refuseRepeats(
  values: readonly string[],
  list: string,
  field: string,
  complain: (path: (string | number)[], message: string) => void,
): void {
  const first = new Map<string, number>();
  values.forEach((value, index) => {
    const before = first.get(value);
    if (before === undefined) first.set(value, index);
    else complain([list, index, field], `"${value}" is already number ${before + 1} of the list`);
  });
}

export const studyStateSchema = z.enum(['draft', 'running', 'paused', 'closed']);
export type StudyState = z.infer<typeof studyStateSchema>;
export const outcomeSchema = z.enum(['left', 'right', 'tie']);
export type Outcome = z.infer<typeof outcomeSchema>;
export const comparisonKindSchema = z.enum(['regular', 'gold', 'same', 'repeat']);
export type ComparisonKind = z.infer<typeof comparisonKindSchema>;
export const voteStatusSchema = z.enum(['counted', 'surplus', 'trial', 'check']);
export type VoteStatus = z.infer<typeof voteStatusSchema>;
