import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { AppError } from '#lib/core/errors.ts';
import { type CutVideo, cutVideo } from '#lib/curation/scenes/cut-video.ts';
import { type FoundScenes, findScenes } from '#lib/curation/scenes/find-scenes.ts';
import { sceneListCsv, sceneListTable } from '#lib/curation/scenes/scene-text.ts';
import {
  type CutSettings,
  cutSettings,
  type DetectorSettings,
  detectorSettings,
} from '#lib/curation/scenes/settings.ts';
import { createMedia, type Media } from '#lib/platform/media/media.ts';
import { type ProgressLine, progressLine } from './progress-line.ts';
import { tableLines } from './table.ts';

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
  clips?: string;
  reencode?: string;
  json?: boolean;
}

/** `winnow scenes FILE`: where one video cuts, and its clips, without database or server. */
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
    .option('--kernel-size <pixels>', 'how far edges are widened: odd, 3 or more', kernel)
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
    .option('--clips <folder>', 'write the scenes as clips, found by the whole cascade instead')
    .addOption(
      new Option(
        '--reencode <when>',
        'clips: when one is coded anew (default where-needed)',
      ).choices(['never', 'where-needed', 'exact']),
    )
    .option('--json', 'print the result as JSON')
    .action(async (file: string, flags: ScenesFlags) => {
      const media = createMedia();
      const line = progressLine(process.stderr);
      try {
        const text = await (flags.clips ? cut : find)(media, line, resolve(file), flags);
        line.clear();
        process.stdout.write(text);
      } finally {
        line.clear();
        media.close();
      }
    });
}

async function find(
  media: Media,
  line: ProgressLine,
  path: string,
  flags: ScenesFlags,
): Promise<string> {
  const found = await findScenes(
    { media },
    {
      path,
      detectors: [detectorOf(flags)],
      minScene: flags.minSceneLen,
      kernelSize: flags.kernelSize ?? null,
      ...(flags.stats ? { statsPath: resolve(flags.stats) } : {}),
    },
    {
      onProgress: ({ frames, seconds, totalSeconds }) =>
        line.show(progressText('Looking for cuts', frames, seconds, totalSeconds)),
    },
  );
  if (flags.csv) await writeFile(flags.csv, sceneListCsv(found.scenes, found.rate));
  return flags.json ? json(jsonOf(found)) : sceneListTable(found.scenes);
}

async function cut(
  media: Media,
  line: ProgressLine,
  path: string,
  flags: ScenesFlags,
): Promise<string> {
  const outDir = resolve(flags.clips ?? '.');
  await mkdir(outDir, { recursive: true });
  const titles = { scan: 'Looking for cuts', write: 'Writing clips', check: 'Checking clips' };
  const result = await cutVideo(
    { media },
    {
      path,
      outDir,
      settings: cutSettingsOf(flags),
      onProgress: ({ step, done, total, frames }) =>
        line.show(progressText(titles[step], frames, done, total)),
    },
  );
  return flags.json ? json(result) : clipTable(result);
}

function cutSettingsOf({ minSceneLen, reencode }: ScenesFlags): CutSettings {
  if ('seconds' in minSceneLen) {
    throw new AppError('BAD_INPUT', 'With --clips, give --min-scene-len as a number of frames.');
  }
  const settings = { minSceneFrames: minSceneLen.frames, ...(reencode ? { reencode } : {}) };
  return cutSettings.parse(settings);
}

function clipTable({ clips, stats }: CutVideo): string {
  const columns = [
    { title: 'frames', align: 'right' as const },
    { title: 'seconds', align: 'right' as const },
    { title: 'motion', align: 'right' as const },
    { title: 'clip', align: 'left' as const },
  ];
  const rows = clips.map((clip) => [
    `${clip.startFrame}-${clip.endFrame}`,
    `${clip.startSeconds.toFixed(2)}-${clip.endSeconds.toFixed(2)}`,
    clip.motion === null ? '' : clip.motion.toFixed(2),
    clip.path
      ? `${clip.path}${clip.isReencoded ? ' (coded anew)' : ''}`
      : `left out: ${clip.dropped}`,
  ]);
  const summary = `${stats.written} clips of ${stats.scenes} scenes, ${stats.reencoded} coded anew.`;
  return `${[...tableLines(columns, rows), '', summary].join('\n')}\n`;
}

function progressText(title: string, frames: number, done: number, total: number | null): string {
  const share = total ? `, ${Math.min(100, Math.floor((100 * done) / total))} %` : '';
  return `${title}${frames > 0 ? `, ${frames} frames` : ''}${share}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function detectorOf(flags: ScenesFlags): DetectorSettings {
  const { detector: kind, threshold } = flags;
  const [hue, saturation, brightness, edges] = flags.lumaOnly
    ? [0, 0, 1, 0]
    : (flags.weights ?? [1, 1, 1, 0]);
  const settings = detectorSettings.safeParse({
    kind,
    ...(threshold === undefined ? {} : { threshold }),
    weights: { hue, saturation, brightness, edges },
    filterMode: flags.filterMode,
    window: flags.frameWindow,
    minContent: flags.minContentVal,
    bias: flags.fadeBias / 100,
  });
  if (settings.success) return settings.data;
  const [issue] = settings.error.issues;
  throw new AppError(
    'BAD_INPUT',
    `The ${issue?.path.join('.')} is out of range: ${issue?.message}.`,
  );
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

function kernel(text: string): number {
  const size = number(text);
  if (size < 3 || size > 99 || size % 2 !== 1) {
    throw new InvalidArgumentError('Give an odd number from 3 to 99.');
  }
  return size;
}

function weights(text: string): number[] {
  const values = text.split(/[ ,]+/).map(number);
  if (values.length !== 4) throw new InvalidArgumentError('Give four numbers, such as 1,1,1,0.');
  return values;
}
