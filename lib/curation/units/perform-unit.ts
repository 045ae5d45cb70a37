import type { Stage } from '../runs/stages.ts';
import type { StoredRunSource, StoredStep } from '../schema.ts';
import { cutClips } from './cut-clips.ts';
import { gatherClips } from './gather-clips.ts';
import { joinPart } from './join-part.ts';
import { listVideos } from './list-videos.ts';
import { scoreShard } from './score-shard.ts';
import { takeClips } from './take-clips.ts';
import {
  cutInputSchema,
  joinInputSchema,
  shardInputSchema,
  takeInputSchema,
  type UnitContext,
  type UnitResult,
} from './unit.ts';

/** Does one piece of work of a run, whatever its stage. */
export async function performUnit(context: UnitContext<unknown>): Promise<UnitResult<object>> {
  const { stage, run, input } = context;
  switch (stage.kind) {
    case 'list':
      return listVideos(context, videosOf(run.source));
    case 'cut':
      return cutClips(
        { ...context, input: cutInputSchema.parse(input) },
        videosOf(run.source),
        stepOf(stage),
      );
    case 'take':
      return takeClips({ ...context, input: takeInputSchema.parse(input) }, videosOf(run.source));
    case 'gather':
      return gatherClips(context);
    case 'score':
      return scoreShard({ ...context, input: shardInputSchema.parse(input) }, stepOf(stage));
    case 'join':
      return joinPart({ ...context, input: joinInputSchema.parse(input) });
  }
}

function videosOf(source: StoredRunSource): Extract<StoredRunSource, { kind: 'videos' }> {
  if (source.kind === 'videos') return source;
  throw new Error('A run over a dataset has no videos to list.');
}

function stepOf({ step, kind }: Stage): StoredStep {
  if (step) return step;
  throw new Error(`The stage ${kind} has no step.`);
}
