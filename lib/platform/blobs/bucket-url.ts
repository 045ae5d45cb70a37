import { AppError } from '#lib/core/errors.ts';

/** A bucket as `STORAGE_URL` names it. */
export interface Bucket {
  endpoint: string;
  bucket: string;
  /** Put before every key, with a slash at its end; empty for none. */
  prefix: string;
  region: string;
  /** The bucket in the path rather than in the host name. */
  isPathStyle: boolean;
  /** Null: those that the AWS SDK finds in the environment. */
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
}

/**
 * Reads `s3://KEY:SECRET@host:port/bucket/prefix?region=us-east-1&pathStyle=1&tls=1`. Key and secret
 * are percent-encoded; without them the AWS SDK looks for credentials as it always does. `pathStyle`
 * and `tls` (https) are on unless set to 0; the region is us-east-1 unless named.
 */
export function parseBucketUrl(text: string): Bucket {
  const url = URL.canParse(text) ? new URL(text) : null;
  const [bucket = '', ...folders] = url?.pathname.split('/').filter(Boolean) ?? [];
  if (url?.protocol !== 's3:' || url.host === '' || bucket === '') {
    throw new AppError(
      'BAD_INPUT',
      'STORAGE_URL has to be the address of a bucket, such as s3://KEY:SECRET@host:9000/bucket.',
    );
  }
  const accessKeyId = decodeURIComponent(url.username);
  const secretAccessKey = decodeURIComponent(url.password);
  const isOn = (name: string) => !/^(0|false|no)$/i.test(url.searchParams.get(name) ?? '1');
  return {
    endpoint: `${isOn('tls') ? 'https' : 'http'}://${url.host}`,
    bucket,
    prefix: folders.map((folder) => `${folder}/`).join(''),
    region: url.searchParams.get('region') ?? 'us-east-1',
    isPathStyle: isOn('pathStyle'),
    credentials: accessKeyId === '' ? null : { accessKeyId, secretAccessKey },
  };
}
