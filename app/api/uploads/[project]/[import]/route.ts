import { receiveUpload } from '#lib/http/imports/receive-upload.ts';

export const dynamic = 'force-dynamic';

export { receiveUpload as PUT };
