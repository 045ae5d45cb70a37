'use client';

import { CopyButton } from '#components/copy-button.tsx';
import { type StudyAddress, studyHref } from '../../study-address.ts';

/** Copies the address at which the report stays as it is now. */
export function PermalinkButton(props: {
  address: StudyAddress;
  revision: number;
  snapshot: number;
}) {
  const { address, revision, snapshot } = props;
  const path = `${studyHref({ ...address, revision }, '/report')}&snapshot=${snapshot}`;
  return <CopyButton text={new URL(path, window.location.origin).href} label="Copy permalink" />;
}
