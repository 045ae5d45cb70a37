/** Names one version of a dataset. */
export interface VersionAddress {
  readonly project: string;
  readonly dataset: string;
  readonly version: number;
}
