import { AV_BUFFERSRC_FLAG_KEEP_REF, AVCOL_SPC_UNSPECIFIED } from 'node-av/constants';
import { FFmpegError, Filter, type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import type { MaskRectangle } from '../video.ts';
import type { Rotation } from './open-video.ts';

/** What is done to each picture, in this order. All sizes are of the displayed picture. */
export interface PictureSteps {
  rotation: Rotation;
  masks: readonly MaskRectangle[];
  scaleTo: { width: number; height: number };
  /** Part of the scaled picture that is kept; null keeps all. */
  crop: { left: number; top: number; width: number; height: number } | null;
  pixelFormat: 'yuv420p' | 'rgb24';
}

const EXACT = 'flags=bicubic+accurate_rnd+full_chroma_int+bitexact';

/** A chain of filters with one picture out for each picture in. Made from the first frame; free it. */
export class PictureFilter {
  private readonly graph = new FilterGraph();
  private readonly source: FilterContext;
  private readonly sink: FilterContext;
  private readonly out = new Frame();

  constructor(first: Frame, steps: PictureSteps) {
    this.graph.alloc();
    this.graph.nbThreads = 1;
    const chain = [
      this.add('buffer', sourceArguments(first)),
      ...stepsOf(first, steps).map(([name, args]) => this.add(name, args)),
      this.add('buffersink', null),
    ];
    const [source] = chain;
    const sink = chain.at(-1);
    if (!source || !sink) throw new Error('A filter chain has two ends.');
    chain.forEach((filter, index) => {
      const next = chain[index + 1];
      if (next) FFmpegError.throwIfError(filter.link(0, next, 0), 'link filters');
    });
    FFmpegError.throwIfError(this.graph.configSync(), 'configure filters');
    this.source = source;
    this.sink = sink;
    this.out.alloc();
  }

  /** Filters one frame. The result is reused: it is valid until the next call. */
  apply(frame: Frame): Frame {
    this.out.unref();
    const sent = this.source.buffersrcAddFrameSync(frame, AV_BUFFERSRC_FLAG_KEEP_REF);
    FFmpegError.throwIfError(sent, 'filter a frame');
    FFmpegError.throwIfError(this.sink.buffersinkGetFrameSync(this.out), 'take a filtered frame');
    return this.out;
  }

  free(): void {
    this.out.free();
    this.graph.free();
  }

  private add(name: string, args: string | null): FilterContext {
    const filter = Filter.getByName(name);
    const context =
      filter && this.graph.createFilter(filter, `${name}${this.graph.nbFilters}`, args);
    if (!context) throw new Error(`The filter ${name}=${args} could not be made.`);
    return context;
  }
}

function sourceArguments(frame: Frame): string {
  return [
    `video_size=${frame.width}x${frame.height}`,
    `pix_fmt=${frame.format}`,
    'time_base=1/1000000',
    'pixel_aspect=1/1',
    `colorspace=${frame.colorSpace}`,
    `range=${frame.colorRange}`,
  ].join(':');
}

function stepsOf(first: Frame, steps: PictureSteps): [name: string, args: string | null][] {
  const turned = steps.rotation === 90 || steps.rotation === 270;
  const width = turned ? first.height : first.width;
  const height = turned ? first.width : first.height;
  // A stream that does not name its colour matrix is read as players read it: by its height.
  const matrix =
    first.colorSpace === AVCOL_SPC_UNSPECIFIED
      ? `:in_color_matrix=${height >= 720 ? 'bt709' : 'smpte170m'}`
      : '';
  const target =
    steps.pixelFormat === 'yuv420p'
      ? ':out_color_matrix=bt709:out_range=limited'
      : ':out_range=full';
  const { scaleTo, crop } = steps;
  return [
    ...TURNS[steps.rotation],
    ...steps.masks.map((mask): [string, string] => ['drawbox', boxArguments(mask, width, height)]),
    ['scale', `${scaleTo.width}:${scaleTo.height}:${EXACT}${matrix}${target}`],
    ['format', `pix_fmts=${steps.pixelFormat}`],
    ...(crop
      ? ([['crop', `${crop.width}:${crop.height}:${crop.left}:${crop.top}:exact=1`]] as [
          string,
          string,
        ][])
      : []),
    ['setsar', '1'],
  ];
}

const TURNS: Record<Rotation, [string, string | null][]> = {
  0: [],
  90: [['transpose', 'clock']],
  180: [
    ['hflip', null],
    ['vflip', null],
  ],
  270: [['transpose', 'cclock']],
};

/** Whole pixels that cover the rectangle. */
function boxArguments(mask: MaskRectangle, width: number, height: number): string {
  const left = Math.floor(mask.x * width);
  const top = Math.floor(mask.y * height);
  const right = Math.min(width, Math.ceil((mask.x + mask.width) * width));
  const bottom = Math.min(height, Math.ceil((mask.y + mask.height) * height));
  return `x=${left}:y=${top}:w=${Math.max(1, right - left)}:h=${Math.max(1, bottom - top)}:color=black:t=fill`;
}
