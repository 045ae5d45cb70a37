import { AdaptiveDetector } from './adaptive-detector.ts';
import { contentScore } from './detector.ts';
import type { FrameRate } from './frame-rate.ts';
import { framesPerSecond } from './frame-rate.ts';
import type { MeasuredFrame } from './measured-frames.ts';
import { floatText, timecode } from './python-text.ts';
import type { DetectorSettings } from './settings.ts';
import { momentAt } from './timeline.ts';

type Metrics = Record<string, number>;

/**
 * Writes the numbers of every frame as PySceneDetect's statistics file: `Frame Number`, `Timecode` and the
 * detector's metrics in alphabetical order, a line a frame that has any.
 */
export async function* statsCsv(
  chunks: AsyncIterable<readonly MeasuredFrame[]>,
  detector: DetectorSettings,
  rate: FrameRate,
): AsyncGenerator<string> {
  const metrics = metricsOf(detector);
  yield `${['Frame Number', 'Timecode', ...metrics].join(',')}\n`;
  const ratios = detector.kind === 'adaptive' ? new RatioLookahead(detector, rate) : null;
  for await (const frames of chunks) {
    for (const frame of frames) {
      const line = { frame, metrics: frameMetrics(frame, detector) };
      const ready = ratios ? ratios.next(line) : [line];
      yield ready.map((one) => lineText(one, metrics, rate)).join('');
    }
  }
  yield (ratios?.rest() ?? []).map((one) => lineText(one, metrics, rate)).join('');
}

interface Line {
  readonly frame: MeasuredFrame;
  readonly metrics: Metrics;
}

const CONTENT = ['content_val', 'delta_edges', 'delta_hue', 'delta_lum', 'delta_sat'];

function metricsOf(detector: DetectorSettings): string[] {
  if (detector.kind === 'fade') return ['average_rgb'];
  return detector.kind === 'adaptive' ? [ratioName(detector.window), ...CONTENT] : CONTENT;
}

function ratioName(window: number): string {
  return `adaptive_ratio (w=${window})`;
}

function frameMetrics(frame: MeasuredFrame, detector: DetectorSettings): Metrics {
  if (detector.kind === 'fade') return { average_rgb: frame.level };
  const delta = frame.deltas[0];
  if (!delta) return {};
  return {
    content_val: contentScore(delta, detector.weights),
    delta_edges: delta.edges,
    delta_hue: delta.hue,
    delta_lum: delta.brightness,
    delta_sat: delta.saturation,
  };
}

function lineText({ frame, metrics }: Line, names: readonly string[], rate: FrameRate): string {
  if (Object.keys(metrics).length === 0) return '';
  const { frameNumber, seconds } = momentAt(frame.microseconds, rate);
  const values = names.map((name) => {
    const value = metrics[name];
    return value === undefined ? 'None' : floatText(value);
  });
  return `${[frameNumber + 1, timecode(seconds), ...values].join(',')}\n`;
}

/** Adds the adaptive ratio, which a frame has only once the frames after it are known. */
class RatioLookahead {
  private readonly detector: AdaptiveDetector;
  private readonly name: string;
  private waiting: Line[] = [];

  constructor(settings: Extract<DetectorSettings, { kind: 'adaptive' }>, rate: FrameRate) {
    this.name = ratioName(settings.window);
    this.detector = new AdaptiveDetector(settings, 0, framesPerSecond(rate), (index, ratio) => {
      const line = this.waiting.find(({ frame }) => frame.index === index);
      if (line) line.metrics[this.name] = ratio;
    });
  }

  next(line: Line): Line[] {
    this.waiting.push(line);
    const { index, microseconds, level, deltas } = line.frame;
    this.detector.next({ index, microseconds, level, delta: deltas[0] ?? null });
    const done = this.waiting.findLastIndex(({ metrics }) => this.name in metrics);
    return done < 0 ? [] : this.waiting.splice(0, done + 1);
  }

  rest(): Line[] {
    return this.waiting;
  }
}
