import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlobs } from '#lib/platform/blobs/blobs.ts';
import { openDatabase } from '#lib/platform/database/client.ts';
import { connectionUrl, readConnection } from '#lib/platform/database/embedded/connection.ts';
import type { StudySpecInput } from '#lib/studies/schema.ts';
import { makeStudy, type TestStudy } from '#tests/factories/study.ts';
import { makeTestVideo } from '#tests/factories/videos.ts';

const ARMS = ['one', 'two', 'three'];
const FPS = 24;
/** The padded length of every clip. */
const WIRE_BYTES = 512 * 1024;

export interface KeptVote {
  readonly assignmentId: string | null;
  readonly question: number;
  readonly outcome: string;
  readonly marks: string[];
  readonly decisionMs: number | null;
  readonly playsLeft: number | null;
  readonly playsRight: number | null;
  readonly watchedLeft: number | null;
  readonly watchedRight: number | null;
  readonly isRetracted: boolean;
}

export interface StudyToRate extends TestStudy {
  /** The path of the raters' link. */
  readonly path: string;
  readonly trialPath: string;
  /** All votes of the study, in the order of their arrival. */
  votes(): Promise<KeptVote[]>;
  /** Pairs that raters reported as broken. */
  reports(): Promise<number>;
  close(): Promise<void>;
}

/**
 * A running study of real H.264 clips on the server of this run, written past the importing and the
 * rendering, which have tests of their own.
 *
 * @param clips what every clip is like, at 24 frames a second
 */
export async function openStudyToRate(
  spec: Partial<StudySpecInput> = {},
  { frames = 12, prompts = 6, width = 192, height = 128 } = {},
  dataDir = process.env.WINNOW_E2E_DATA_DIR ?? '',
): Promise<StudyToRate> {
  const size = { width, height, fps: FPS };
  const connection = readConnection(dataDir);
  if (!connection) throw new Error('The server of this run keeps no database in its data folder.');
  const database = openDatabase(connectionUrl(connection), 2);
  const blobs = createBlobs({ dataDir });
  const folder = mkdtempSync(join(tmpdir(), 'winnow-clips-'));
  const clips = new Map<string, { hash: string; bytes: number; wireBytes: number }>();
  for (const arm of ARMS) {
    const path = join(folder, `${arm}.mp4`);
    // The tag makes three different files of one picture, as long as nothing looks at the arms.
    makeTestVideo(path, { ...size, frames, isIndexFirst: true, metadata: { comment: arm } });
    const { hash, bytes } = await blobs.putFile(path);
    clips.set(arm, { hash, bytes, wireBytes: WIRE_BYTES });
  }
  rmSync(folder, { recursive: true });
  const study = await makeStudy(
    { database },
    {
      arms: ARMS,
      prompts,
      spec: { rendition: { ...size, durationSeconds: frames / FPS }, ...spec },
      rendition(arm) {
        const clip = clips.get(arm);
        if (!clip) throw new Error(`There is no arm ${arm}.`);
        return clip;
      },
    },
  );
  return {
    ...study,
    path: `/rate/${study.joinCode}`,
    trialPath: `/rate/${study.trialCode}`,
    async votes() {
      const rows = await database.vote.findMany({
        where: { studyId: study.id },
        orderBy: { seq: 'asc' },
      });
      const retracted = await database.retraction.findMany({ where: { studyId: study.id } });
      const isRetracted = (seq: bigint) => retracted.some(({ voteSeq }) => voteSeq === seq);
      return rows.map((row) => ({ ...row, isRetracted: isRetracted(row.seq) }));
    },
    reports: () => database.assignment.count({ where: { studyId: study.id, state: 'broken' } }),
    close: () => database.$disconnect(),
  };
}
