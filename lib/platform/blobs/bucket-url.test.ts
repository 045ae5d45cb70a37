import { expect, test } from 'vitest';
import { parseBucketUrl } from './bucket-url.ts';

test('every part of the address is read', () => {
  expect(
    parseBucketUrl(
      's3://KEY:a%2Fb%2B@minio:9000/videos/winnow/x?region=eu-west-3&pathStyle=0&tls=0',
    ),
  ).toEqual({
    endpoint: 'http://minio:9000',
    bucket: 'videos',
    prefix: 'winnow/x/',
    region: 'eu-west-3',
    isPathStyle: false,
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'a/b+' },
  });
});

test('what is not named has a default', () => {
  expect(parseBucketUrl('s3://s3.example.org/videos')).toEqual({
    endpoint: 'https://s3.example.org',
    bucket: 'videos',
    prefix: '',
    region: 'us-east-1',
    isPathStyle: true,
    credentials: null,
  });
});

test.each(['s3://host', 's3:///bucket', 'https://host/bucket', 'bucket'])(
  '%s is refused',
  (url) => {
    expect(() => parseBucketUrl(url)).toThrow(/s3:\/\/KEY:SECRET@host:9000\/bucket\.$/);
  },
);
