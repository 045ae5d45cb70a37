import { Prisma } from '#lib/platform/database/client.ts';
import type { Platform } from '#lib/platform/platform.ts';
import { type MediaGrant, sealMediaToken } from './media-token.ts';
import type { AssignmentView, ShownPair } from './schema.ts';
import type { PromptExtras, StudySettings } from './study-settings.ts';

/** A rendition as the database has it, ready to be shown. */
export interface ShownRendition {
  readonly hash: string;
  readonly bytes: number;
  readonly wireBytes: number | null;
  readonly text: string | null;
}

interface Row {
  readonly id: string;
  readonly pairNumber: number;
  readonly questions: number[];
  readonly answered: number[];
  readonly aOnLeft: boolean;
  readonly leaseExpiresAt: Date;
  readonly promptKey: string;
  readonly promptText: string;
  readonly a: ShownRendition;
  readonly b: ShownRendition;
}

const rendition = (alias: string) => {
  const r = Prisma.raw(alias);
  return Prisma.sql`jsonb_build_object('hash', ${r}.hash, 'bytes', ${r}.bytes,
    'wireBytes', ${r}.wire_bytes, 'text', ${r}.text)`;
};

/** The open leases of a rater as its browser gets them, in the order of their pair numbers. */
export async function openAssignments(
  platform: Pick<Platform, 'database' | 'secret'>,
  raterId: string,
  settings: StudySettings,
): Promise<AssignmentView[]> {
  const rows = await platform.database.$queryRaw<Row[]>`
    select a.id, a.pair_number as "pairNumber", a.a_on_left as "aOnLeft",
      a.lease_expires_at as "leaseExpiresAt", p.key as "promptKey", p.text as "promptText",
      a.questions, array(select v.question from vote v where v.assignment_id = a.id) as answered,
      ${rendition('ra')} as a, ${rendition('rb')} as b
    from assignment a
      join comparison k on k.id = a.comparison_id
      join prompt p on p.id = k.prompt_id
      join rendition ra on ra.id = k.rendition_a_id
      join rendition rb on rb.id = k.rendition_b_id
    where a.rater_id = ${raterId}::uuid and a.state = 'leased'
    order by a.pair_number, a.leased_at`;
  return rows.map((row) => {
    const sealing: Sealing = {
      secret: platform.secret,
      use: `assignment ${row.id}`,
      expiresAt: row.leaseExpiresAt,
    };
    const [left, right] = row.aOnLeft ? [row.a, row.b] : [row.b, row.a];
    return {
      id: row.id,
      pairNumber: row.pairNumber,
      questions: row.questions.filter((question) => !row.answered.includes(question)),
      prompt: promptView(row.promptText, settings.promptExtras.get(row.promptKey), sealing),
      pair: pairView(left, right, settings, sealing),
      leaseExpiresAt: row.leaseExpiresAt.toISOString(),
    };
  });
}

/** Under what the media of one showing are sealed: two showings share no address. */
export interface Sealing {
  readonly secret: string;
  /** Where it is shown, and to whom. */
  readonly use: string;
  readonly expiresAt: Date;
}

/** The prompt as raters see it, without its key, which may be a file's name. */
export function promptView(
  text: string,
  extras: PromptExtras | undefined,
  sealing: Sealing,
): AssignmentView['prompt'] {
  return {
    text,
    motion: extras?.motion ?? null,
    imageUrls: (extras?.images ?? []).map((hash, index) =>
      mediaUrl(sealing, `image ${index}`, { variant: 'image', hash, bytes: 0, wireBytes: 0 }),
    ),
  };
}

/** Two renditions as raters see them. In a caption study both have the same clip. */
export function pairView(
  left: ShownRendition,
  right: ShownRendition,
  { spec }: Pick<StudySettings, 'spec'>,
  sealing: Sealing,
): ShownPair {
  const variant = spec.rendition.codec === 'vp9' ? 'webm' : 'mp4';
  const video = (side: string, { hash, bytes, wireBytes }: ShownRendition) => ({
    videoUrl: mediaUrl(sealing, side, { variant, hash, bytes, wireBytes: wireBytes ?? bytes }),
  });
  if (spec.kind === 'caption')
    return {
      kind: 'caption',
      clip: video('clip', left),
      left: { text: left.text ?? '' },
      right: { text: right.text ?? '' },
    };
  return { kind: 'video', left: video('left', left), right: video('right', right) };
}

function mediaUrl(sealing: Sealing, part: string, grant: Omit<MediaGrant, 'expiresAt'>): string {
  const token = sealMediaToken(sealing.secret, `${sealing.use} ${part}`, {
    ...grant,
    expiresAt: sealing.expiresAt,
  });
  return `/api/media/${token}`;
}
