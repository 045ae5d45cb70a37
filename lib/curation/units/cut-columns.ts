/** Columns of clips that were cut from videos. */
export const CUT_COLUMNS = [
  { name: 'uid', type: 'VARCHAR' },
  { name: 'path', type: 'VARCHAR' },
  { name: 'hash', type: 'VARCHAR' },
  { name: 'video', type: 'VARCHAR' },
  { name: 'video_hash', type: 'VARCHAR' },
  { name: 'start_frame', type: 'BIGINT' },
  { name: 'end_frame', type: 'BIGINT' },
  { name: 'start_seconds', type: 'DOUBLE' },
  { name: 'end_seconds', type: 'DOUBLE' },
  { name: 'num_frames', type: 'BIGINT' },
  { name: 'width', type: 'BIGINT' },
  { name: 'height', type: 'BIGINT' },
  { name: 'fps', type: 'DOUBLE' },
] as const;
