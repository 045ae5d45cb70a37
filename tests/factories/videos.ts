import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_LOG_QUIET,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX264,
  FF_ENCODER_MPEG4,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';

export interface TestVideo {
  width: number;
  height: number;
  fps: number;
  frames: number;
  codec: 'h264' | 'vp9' | 'mpeg4';
  /** A sine tone of the video's length. */
  hasAudio: boolean;
  /** Tags of the file and of its video track. */
  metadata: Record<string, string>;
  /** Clockwise quarter turns in the display matrix. */
  rotation: 0 | 90 | 180 | 270;
  /** Seconds at which frame `index` is shown. */
  secondsOf: (index: number) => number;
  /** Puts the index of an MP4 in front, so that what is cut off at the end is frames. */
  isIndexFirst: boolean;
  /** Brightness of a pixel, 16 to 235, in place of the ramp, the square and the red. */
  paint: ((x: number, y: number, index: number) => number) | null;
}

const DEFAULTS: TestVideo = {
  width: 192,
  height: 128,
  fps: 24,
  frames: 48,
  codec: 'h264',
  hasAudio: false,
  metadata: {},
  rotation: 0,
  secondsOf: (index) => index / 24,
  isIndexFirst: false,
  paint: null,
};

Log.setLevel(AV_LOG_QUIET);

const TICKS = 90_000;
const SAMPLE_RATE = 48_000;

/**
 * Writes a small real video: a grey ramp with a bright square that moves right by two pixels a frame,
 * the top left quarter red, so that turns, crops and masks can be seen. The container goes by the name
 * of the file.
 */
export function makeTestVideo(path: string, changes: Partial<TestVideo> = {}): void {
  const video = { ...DEFAULTS, ...changes };
  const secondsOf = changes.secondsOf ?? ((index: number) => index / video.fps);
  const format = new FormatContext();
  check(format.allocOutputContext2(null, null, path));
  if (Object.keys(video.metadata).length > 0) {
    format.metadata = Dictionary.fromObject(video.metadata);
  }
  const pictures = openTrack(format, pictureEncoder(video), video);
  const sound = video.hasAudio ? openTrack(format, soundEncoder(), video) : null;
  check(format.openOutputSync());
  if (video.isIndexFirst) format.setOption('movflags', '+faststart');
  check(format.writeHeaderSync());
  for (let index = 0; index < video.frames; index++) {
    const frame = Frame.fromVideoBuffer(paint(video, index), {
      width: video.width,
      height: video.height,
      format: AV_PIX_FMT_YUV420P,
      timeBase: { num: 1, den: TICKS },
      pts: BigInt(Math.round(secondsOf(index) * TICKS)),
    });
    frame.pictType = AV_PICTURE_TYPE_NONE;
    pictures.add(frame);
    frame.free();
  }
  pictures.end();
  if (sound) {
    const samples = Math.floor(((video.frames / video.fps) * SAMPLE_RATE) / 1024);
    for (let index = 0; index < samples; index++) {
      const frame = tone(index);
      sound.add(frame);
      frame.free();
    }
    sound.end();
  }
  check(format.writeTrailerSync());
  format.closeOutputSync();
  format.freeContext();
}

function pictureEncoder(video: TestVideo): CodecContext {
  const name = { h264: FF_ENCODER_LIBX264, vp9: FF_ENCODER_LIBVPX_VP9, mpeg4: FF_ENCODER_MPEG4 };
  const encoder = new CodecContext();
  encoder.allocContext3(Codec.findEncoderByName(name[video.codec]));
  encoder.width = video.width;
  encoder.height = video.height;
  encoder.pixelFormat = AV_PIX_FMT_YUV420P;
  encoder.timeBase = video.codec === 'mpeg4' ? new Rational(1, video.fps) : new Rational(1, TICKS);
  encoder.framerate = new Rational(video.fps, 1);
  encoder.gopSize = 12;
  encoder.threadCount = 1;
  if (video.codec === 'h264') encoder.setOption('preset', 'ultrafast');
  if (video.codec === 'vp9') encoder.setOption('deadline', 'realtime');
  return encoder;
}

function soundEncoder(): CodecContext {
  const encoder = new CodecContext();
  encoder.allocContext3(Codec.findEncoderByName(FF_ENCODER_AAC));
  encoder.sampleRate = SAMPLE_RATE;
  encoder.sampleFormat = AV_SAMPLE_FMT_FLTP;
  encoder.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  encoder.timeBase = new Rational(1, SAMPLE_RATE);
  return encoder;
}

/** A track of the file and the encoder that fills it. */
function openTrack(format: FormatContext, encoder: CodecContext, video: TestVideo) {
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(encoder.open2Sync());
  const stream: Stream = format.newStream();
  stream.timeBase = encoder.timeBase;
  encoder.parametersFromContext(stream.codecpar);
  if (video.rotation !== 0 && encoder.width > 0) {
    stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, turnMatrix(video.rotation));
  }
  if (Object.keys(video.metadata).length > 0) {
    stream.metadata = Dictionary.fromObject(video.metadata);
  }
  const packet = new Packet();
  packet.alloc();
  const drain = () => {
    while (encoder.receivePacketSync(packet) >= 0) {
      packet.streamIndex = stream.index;
      if (encoder.width > 0) {
        const { num, den } = encoder.timeBase;
        packet.duration = BigInt(Math.round(den / num / video.fps));
      }
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(format.interleavedWriteFrameSync(packet));
    }
  };
  return {
    add(frame: Frame) {
      const unit = { num: encoder.timeBase.num, den: encoder.timeBase.den };
      frame.pts = BigInt(
        Math.round(
          (Number(frame.pts) * frame.timeBase.num * unit.den) / (frame.timeBase.den * unit.num),
        ),
      );
      frame.timeBase = encoder.timeBase;
      check(encoder.sendFrameSync(frame));
      drain();
    },
    end() {
      check(encoder.sendFrameSync(null));
      drain();
      packet.free();
      encoder.freeContext();
    },
  };
}

function paint({ width, height, paint: own }: TestVideo, index: number): Buffer {
  const half = { width: width / 2, height: height / 2 };
  const luma = Buffer.alloc(width * height);
  const side = Math.floor(height / 4);
  const left = (index * 2) % (width - side);
  const top = Math.floor((height - side) / 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (own) {
        luma[y * width + x] = own(x, y, index);
        continue;
      }
      const inSquare = x >= left && x < left + side && y >= top && y < top + side;
      luma[y * width + x] = inSquare ? 235 : 60 + Math.floor((x / width) * 60);
    }
  }
  const chroma = (red: number) => {
    const plane = Buffer.alloc(half.width * half.height, 128);
    if (own) return plane;
    for (let y = 0; y < half.height / 2; y++) {
      plane.fill(red, y * half.width, y * half.width + half.width / 2);
    }
    return plane;
  };
  return Buffer.concat([luma, chroma(100), chroma(220)]);
}

function tone(index: number): Frame {
  const samples = new Float32Array(1024).map((_, at) => Math.sin((index * 1024 + at) / 20) / 4);
  return Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
    nbSamples: 1024,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: SAMPLE_RATE,
    channelLayout: AV_CHANNEL_LAYOUT_MONO,
    timeBase: { num: 1, den: SAMPLE_RATE },
    pts: BigInt(index * 1024),
  });
}

/** A display matrix, nine 16.16 numbers, that turns clockwise. */
function turnMatrix(degrees: number): Buffer {
  const matrix = Buffer.alloc(36);
  const radians = (degrees * Math.PI) / 180;
  const cos = Math.round(Math.cos(radians) * 65536);
  const sin = Math.round(Math.sin(radians) * 65536);
  [cos, sin, 0, -sin, cos, 0, 0, 0, 1 << 30].forEach((value, at) => {
    matrix.writeInt32LE(value, at * 4);
  });
  return matrix;
}

function check(code: number): void {
  FFmpegError.throwIfError(code, 'make a test video');
}
