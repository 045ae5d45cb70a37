import type { ClipDraw, ClipTableSource } from './draw-clips.ts';
import { promptKey } from './keys.ts';
import type { CaptionPlan } from './plan-captions.ts';

/** The drawn clips of a dataset as a caption import: each caption column is a captioner. */
export function planClips(
  { dataset, version, columns, seed }: ClipTableSource,
  { clips, eligible, total }: Pick<ClipDraw, 'clips' | 'eligible' | 'total'>,
): CaptionPlan {
  const number = (value: number) => value.toLocaleString('en');
  const lacking = total - eligible;
  return {
    videos: clips.map(({ name }) => ({
      path: name,
      model: '',
      prompt: promptKey(name),
      promptText: null,
      seed: 0,
      refusal: null,
    })),
    captions: clips.flatMap(({ name, captions }) =>
      columns.map((captioner) => ({
        clip: promptKey(name),
        captioner,
        text: captions[captioner] ?? '',
      })),
    ),
    explanation: `Drawn from version ${version} of the dataset ${dataset}: ${number(clips.length)} of the ${number(eligible)} clips that have all ${columns.length} captions (${columns.join(', ')}), by seed ${seed}.${lacking === 0 ? '' : ` ${number(lacking)} clips lack one of them.`}`,
  };
}
