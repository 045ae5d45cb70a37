import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type FoundScenes, findScenes } from '#lib/curation/scenes/find-scenes.ts';
import { sceneListCsv, sceneListTable } from '#lib/curation/scenes/scene-text.ts';
import { type DetectorSettings, detectorSettings } from '#lib/curation/scenes/settings.ts';
import { createMedia } from '#lib/platform/media/media.ts';
import { progressLine } from './progress-line.ts';

interface ScenesFlags {
  detector: 'content' | 'adaptive' | 'fade';
  threshold?: number;
  minSceneLen: { frames: number } | { seconds: number };
  weights?: number[];
  lumaOnly?: boolean;
  kernelSize?: number;
  filterMode: 'merge' | 'suppress';
  frameWindow: number;
  minContentVal: number;
  fadeBias: number;
  stats?: string;
  csv?: string;
  json?: boolean;
}

/** `winnow scenes FILE`: where one video cuts, without database or server. */
export function registerScenes(program: Command): void {
  program
    .command('scenes')
    .description('Find the cuts of a video, with the numbers of PySceneDetect (docs/scenes.md).')
    .argument('<file>', 'the video')
    .addOption(
      new Option('--detector <kind>', 'what to look for')
        .choices(['content', 'adaptive', 'fade'])
        .default('content'),
    )
    .option('--threshold <value>', 'default: 27 content, 3 adaptive, 12 fade', number)
    .option('--min-scene-len <length>', 'frames (15), seconds (0.6s) or HH:MM:SS', length, {
      frames: 15,
    })
    .option(
      '--weights <h,s,l,e>',
      'of hue, saturation, brightness, edges (default 1,1,1,0)',
      weights,
    )
    .option('--luma-only', 'look at brightness alone')
    .option('--kernel-size <pixels>', 'how far edges are widened: odd, 3 or more', number)
    .addOption(
      new Option('--filter-mode <mode>', 'content: what happens to cuts that are too close')
        .choices(['merge', 'suppress'])
        .default('merge'),
    )
    .option('--frame-window <frames>', 'adaptive: frames before and after', number, 2)
    .option('--min-content-val <value>', 'adaptive: least score of a cut', number, 15)
    .option('--fade-bias <percent>', 'fade: from -100 (where it got dark) to 100', number, 0)
    .option('--stats <file>', 'write the numbers of every frame (CSV)')
    .option('--csv <file>', 'write the scene list (CSV)')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, flags: ScenesFlags) => {
      const found = await find(file, flags);
      if (flags.csv) await writeFile(flags.csv, sceneListCsv(found.scenes, found.rate));
      process.stdout.write(
        flags.json ? `${JSON.stringify(jsonOf(found), null, 2)}\n` : sceneListTable(found.scenes),
      );
    });
}

async function find(file: string, flags: ScenesFlags): Promise<FoundScenes> {
  const media = createMedia({ processes: 1 });
  const line = progressLine(process.stderr);
  try {
    return await findScenes(
      { media },
      {
        path: resolve(file),
        detectors: [detectorOf(flags)],
        minScene: flags.minSceneLen,
        kernelSize: flags.kernelSize ?? null,
        ...(flags.stats ? { statsPath: resolve(flags.stats) } : {}),
      },
      {
        onProgress({ frames, seconds, totalSeconds }) {
          const share = totalSeconds ? ` of ${totalSeconds.toFixed(0)} s` : ' s';
          line.show(`${frames} frames, ${seconds.toFixed(0)}${share}`);
        },
      },
    );
  } finally {
    line.clear();
    media.close();
  }
}

function detectorOf(flags: ScenesFlags): DetectorSettings {
  const { detector: kind, threshold } = flags;
  const [hue, saturation, brightness, edges] = flags.lumaOnly
    ? [0, 0, 1, 0]
    : (flags.weights ?? [1, 1, 1, 0]);
  return detectorSettings.parse({
    kind,
    ...(threshold === undefined ? {} : { threshold }),
    weights: { hue, saturation, brightness, edges },
    filterMode: flags.filterMode,
    window: flags.frameWindow,
    minContent: flags.minContentVal,
    bias: flags.fadeBias / 100,
  });
}

function jsonOf({ video, rate, scenes, detected, framesPerSecond }: FoundScenes) {
  return {
    video: { ...video, fpsFraction: `${rate.numerator}/${rate.denominator}` },
    cuts: detected.cuts,
    scenes: scenes.map(({ start, end }) => ({
      startFrame: start.frameNumber,
      endFrame: end.frameNumber,
      startSeconds: start.seconds,
      endSeconds: end.seconds,
    })),
    measuredFramesPerSecond: Math.round(framesPerSecond),
  };
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('Give a number.');
  return value;
}

function length(text: string): { frames: number } | { seconds: number } {
  if (/^\d+$/.test(text)) return { frames: Number(text) };
  const parts = /^(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)s?$/.exec(text);
  if (!parts) throw new InvalidArgumentError('Give frames (15), seconds (0.6s) or HH:MM:SS.');
  const [, first, second, seconds] = parts;
  const [hours, minutes] = second === undefined ? [0, first ?? 0] : [first ?? 0, second];
  return { seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
}

function weights(text: string): number[] {
  const values = text.split(/[ ,]+/).map(number);
  if (values.length !== 4) throw new InvalidArgumentError('Give four numbers, such as 1,1,1,0.');
  return values;
}
