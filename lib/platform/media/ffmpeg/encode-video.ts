import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVFMT_FLAG_BITEXACT,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import {
  BitStreamFilter,
  BitStreamFilterContext,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  type Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import type { RenditionProfile } from '../video.ts';
import { setOption } from './set-option.ts';

/** A keyframe this often, so that a step back or a seek decodes few frames. */
const KEYFRAME_EVERY = 12;
// Fixed, because x264's output depends on the number of threads: the same bytes on every machine.
const THREADS = 2;

/** Ids and lengths of the elements MuxingApp and WritingApp. */
const MUXER_NAMES = [Buffer.from('4d8084', 'hex'), Buffer.from('574184', 'hex')];

/** Frames a second as an exact fraction: 23.976, 29.97 and 59.94 are n x 1000/1001. */
export function frameRate(fps: number): { num: number; den: number } {
  const whole = Math.round(fps);
  if (Math.abs(fps - (whole * 1000) / 1001) < 0.002) return { num: whole * 1000, den: 1001 };
  const thousandths = Math.round(fps * 1000);
  return thousandths % 1000 === 0
    ? { num: thousandths / 1000, den: 1 }
    : { num: thousandths, den: 1000 };
}

/**
 * Writes pictures to one video file at a constant frame rate: no sound, no metadata, no trace of the
 * encoder. Equal pictures give equal bytes. The pictures are yuv420p of the profile's size.
 */
export class VideoWriter {
  private readonly encoder = new CodecContext();
  private readonly format = new FormatContext();
  private readonly packet = new Packet();
  private readonly cleaner: BitStreamFilterContext | null;
  private readonly stream: Stream;
  private readonly unit: Rational;
  private readonly path: string;
  private readonly profile: RenditionProfile;
  private frames = 0;

  constructor(path: string, profile: RenditionProfile) {
    this.path = path;
    this.profile = profile;
    const rate = frameRate(profile.fps);
    this.unit = new Rational(rate.den, rate.num);
    this.packet.alloc();
    this.openEncoder(profile, rate);
    const container = profile.codec === 'h264' ? 'mp4' : 'webm';
    FFmpegError.throwIfError(
      this.format.allocOutputContext2(null, container, path),
      'prepare the file',
    );
    this.format.setFlags(AVFMT_FLAG_BITEXACT);
    this.stream = this.format.newStream();
    this.stream.timeBase = this.unit;
    this.stream.avgFrameRate = new Rational(rate.num, rate.den);
    this.encoder.parametersFromContext(this.stream.codecpar);
    this.cleaner = profile.codec === 'h264' ? this.openCleaner() : null;
    FFmpegError.throwIfError(this.format.openOutputSync(), 'create the file');
    if (container === 'mp4') {
      setOption(this.format, 'movflags', '+faststart');
      setOption(this.format, 'empty_hdlr_name', 1);
    }
    FFmpegError.throwIfError(this.format.writeHeaderSync(), 'write the header');
  }

  /** Adds one picture; it is shown for one frame's time. */
  write(frame: Frame): void {
    frame.pts = BigInt(this.frames++);
    // Else the encoder would follow the source's choice of key and predicted frames.
    frame.pictType = AV_PICTURE_TYPE_NONE;
    FFmpegError.throwIfError(this.encoder.sendFrameSync(frame), 'encode a frame');
    this.drainEncoder();
  }

  /** Ends the file and returns the number of frames in it. */
  finish(): number {
    FFmpegError.throwIfError(this.encoder.sendFrameSync(null), 'end the encoding');
    this.drainEncoder();
    FFmpegError.throwIfError(this.format.writeTrailerSync(), 'finish the file');
    this.format.closeOutputSync();
    if (this.profile.codec === 'vp9') blankMuxerNames(this.path);
    return this.frames;
  }

  close(): void {
    this.cleaner?.free();
    this.format.closeOutputSync();
    this.format.freeContext();
    this.encoder.freeContext();
    this.packet.free();
  }

  private openEncoder(profile: RenditionProfile, rate: { num: number; den: number }): void {
    const h264 = profile.codec === 'h264';
    const codec = Codec.findEncoderByName(h264 ? FF_ENCODER_LIBX264 : FF_ENCODER_LIBVPX_VP9);
    if (!codec) throw new Error(`FFmpeg was built without an encoder for ${profile.codec}.`);
    this.encoder.allocContext3(codec);
    this.encoder.width = profile.width;
    this.encoder.height = profile.height;
    this.encoder.pixelFormat = AV_PIX_FMT_YUV420P;
    this.encoder.timeBase = this.unit;
    this.encoder.framerate = new Rational(rate.num, rate.den);
    this.encoder.sampleAspectRatio = new Rational(1, 1);
    this.encoder.colorRange = AVCOL_RANGE_MPEG;
    this.encoder.colorSpace = AVCOL_SPC_BT709;
    this.encoder.colorPrimaries = AVCOL_PRI_BT709;
    this.encoder.colorTrc = AVCOL_TRC_BT709;
    this.encoder.gopSize = KEYFRAME_EVERY;
    // Without B-frames the file needs no edit list, and a step back is one decode.
    this.encoder.maxBFrames = 0;
    this.encoder.bitRate = 0n;
    this.encoder.threadCount = THREADS;
    this.encoder.setFlags(
      AV_CODEC_FLAG_BITEXACT,
      AV_CODEC_FLAG_CLOSED_GOP,
      AV_CODEC_FLAG_GLOBAL_HEADER,
    );
    const options = h264
      ? { preset: 'medium', profile: 'high', 'x264-params': 'scenecut=0:open-gop=0' }
      : { deadline: 'good', 'cpu-used': 3, 'row-mt': 1 };
    for (const [name, value] of Object.entries({ ...options, crf: profile.crf })) {
      setOption(this.encoder, name, value);
    }
    FFmpegError.throwIfError(this.encoder.open2Sync(codec), 'open the encoder');
  }

  /** Removes supplemental data units, in which x264 writes its version and settings. */
  private openCleaner(): BitStreamFilterContext {
    const filter = BitStreamFilter.getByName('filter_units');
    if (!filter) throw new Error('FFmpeg was built without filter_units.');
    const cleaner = new BitStreamFilterContext();
    FFmpegError.throwIfError(cleaner.alloc(filter), 'prepare the cleaner');
    const input = cleaner.inputCodecParameters;
    if (!input) throw new Error('The cleaner has no input.');
    FFmpegError.throwIfError(this.stream.codecpar.copy(input), 'describe the track');
    cleaner.inputTimeBase = this.unit;
    cleaner.setOption('remove_types', '6');
    FFmpegError.throwIfError(cleaner.init(), 'start the cleaner');
    const output = cleaner.outputCodecParameters;
    if (output) FFmpegError.throwIfError(output.copy(this.stream.codecpar), 'describe the track');
    return cleaner;
  }

  private drainEncoder(): void {
    while (this.encoder.receivePacketSync(this.packet) >= 0) {
      this.packet.duration = 1n;
      if (!this.cleaner) {
        this.mux();
        continue;
      }
      FFmpegError.throwIfError(this.cleaner.sendPacketSync(this.packet), 'clean a packet');
      while (this.cleaner.receivePacketSync(this.packet) >= 0) this.mux();
    }
  }

  private mux(): void {
    this.packet.streamIndex = this.stream.index;
    this.packet.rescaleTs(this.unit, this.stream.timeBase);
    FFmpegError.throwIfError(this.format.interleavedWriteFrameSync(this.packet), 'write a frame');
    this.packet.unref();
  }
}

/** WebM has to name the program that wrote it, twice; FFmpeg's four letters are overwritten in place. */
function blankMuxerNames(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const head = Buffer.alloc(1024);
    const length = readSync(file, head, 0, head.length, 0);
    for (const element of MUXER_NAMES) {
      const at = head.subarray(0, length).indexOf(element);
      if (at >= 0) writeSync(file, 'none', at + element.length);
    }
  } finally {
    closeSync(file);
  }
}
