/** One frame that came on screen. Media time in seconds, the others in milliseconds of the page. */
export type FrameListener = (mediaSeconds: number, shownMs: number, nowMs: number) => void;

/**
 * Tells of every frame of a video that is presented, until the returned function is called. Uses
 * requestVideoFrameCallback; a browser without it gets the playback position once a screen refresh.
 */
export function watchFrames(video: HTMLVideoElement, listener: FrameListener): () => void {
  let handle = 0;
  if (typeof video.requestVideoFrameCallback === 'function') {
    const next: VideoFrameRequestCallback = (nowMs, frame) => {
      handle = video.requestVideoFrameCallback(next);
      listener(frame.mediaTime, frame.expectedDisplayTime, nowMs);
    };
    handle = video.requestVideoFrameCallback(next);
    return () => video.cancelVideoFrameCallback(handle);
  }
  let last = -1;
  const next = (nowMs: number) => {
    handle = requestAnimationFrame(next);
    if (video.currentTime === last) return;
    last = video.currentTime;
    listener(last, nowMs, nowMs);
  };
  handle = requestAnimationFrame(next);
  return () => cancelAnimationFrame(handle);
}
