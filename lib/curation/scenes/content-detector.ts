import { contentScore, type Detector, type SceneFrame, type ScoreWeights } from './detector.ts';
import { FlashFilter, type FlashFilterMode } from './flash-filter.ts';

/** Finds fast cuts: frames whose content score reaches a threshold (PySceneDetect's ContentDetector). */
export class ContentDetector implements Detector {
  private readonly threshold: number;
  private readonly weights: ScoreWeights;
  private readonly filter: FlashFilter;

  constructor(
    settings: { threshold: number; weights: ScoreWeights; filterMode: FlashFilterMode },
    minSceneFrames: number,
    fps: number,
  ) {
    this.threshold = settings.threshold;
    this.weights = settings.weights;
    this.filter = new FlashFilter(settings.filterMode, minSceneFrames, fps);
  }

  next({ index, microseconds, delta }: SceneFrame): readonly number[] {
    const isAbove = contentScore(delta, this.weights) >= this.threshold;
    const cut = this.filter.next({ frame: index, microseconds }, isAbove);
    return cut === null ? [] : [cut];
  }

  end(): readonly number[] {
    return [];
  }
}
