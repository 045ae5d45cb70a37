import { FFmpegError, type OptionMember } from 'node-av/lib';

/** Sets one of FFmpeg's own options on a context that is not open yet; an unknown name throws. */
export function setOption(
  context: Pick<OptionMember<never>, 'setOption'>,
  name: string,
  value: string | number,
): void {
  FFmpegError.throwIfError(context.setOption(name, String(value)), `set ${name}=${value}`);
}
