// The child process in which foreign videos are decoded: one task at a time, asked for over IPC.
// It never writes to stdout, has an empty environment and ends when its parent goes away.
import { AV_LOG_ERROR } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { AppError } from '#lib/core/errors.ts';
import { cutClips } from './ffmpeg/cut-clips.ts';
import { inspectVideo } from './ffmpeg/inspect-video.ts';
import { makeContactSheet, makePoster } from './ffmpeg/make-stills.ts';
import { measureContent } from './ffmpeg/measure-content.ts';
import { renderRendition } from './ffmpeg/render-rendition.ts';
import { writeFrames } from './ffmpeg/write-frames.ts';
import type { MediaLimits } from './limits.ts';
import { measureFlow } from './opencv/measure-flow.ts';
import type { MediaReply, MediaRequest, MediaTask, ReportProgress } from './task.ts';

Log.setLevel(AV_LOG_ERROR);
const PROGRESS_MILLISECONDS = 250;

async function perform(task: MediaTask, limits: MediaLimits): Promise<unknown> {
  switch (task.kind) {
    case 'inspect':
      return inspectVideo(task.path, limits);
    case 'render':
      return renderRendition(task.path, task.outPath, task.profile, task.transform, limits);
    case 'poster':
      return makePoster(task.path, task.outPath, task.frameCount, limits);
    case 'sheet':
      return makeContactSheet(task.path, task.outPath, task.frameCount, limits);
    case 'frames':
      return writeFrames(task.path, task.outPath, task.at, task.size, limits);
    case 'flow':
      return measureFlow(task.path, task.settings, limits);
    case 'measure-content':
      return measureContent(task.path, task.outPath, task.options, limits, progressReporter());
    case 'cut-clips': {
      const report = progressReporter();
      return cutClips(task.path, task.outDir, task.clips, task.options, limits, report);
    }
  }
}

/** Tells the parent how far a task is, a few times a second at most. */
function progressReporter(): ReportProgress {
  let next = 0;
  return (progress) => {
    const now = performance.now();
    if (now < next) return;
    next = now + PROGRESS_MILLISECONDS;
    process.send?.({ note: progress });
  };
}

function replyTo(error: unknown): MediaReply {
  if (error instanceof AppError) {
    const data = Object.fromEntries(
      Object.entries(error.data).flatMap(([key, value]) =>
        value === null || typeof value === 'object' ? [] : [[key, value]],
      ),
    );
    return { kind: 'refused', message: error.message, data };
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  return { kind: 'failed', message: message.slice(0, 1000), code };
}

process.on('disconnect', () => process.exit());
process.on('message', async ({ task, limits }: MediaRequest) => {
  const reply: MediaReply = await perform(task, limits).then(
    (result) => ({ kind: 'done', result }),
    replyTo,
  );
  process.send?.(reply);
});
process.send?.('ready');
