import { addUpload } from '#lib/datasets/add-upload.ts';
import { createVersion } from '#lib/datasets/create-version.ts';
import { deleteDataset } from '#lib/datasets/delete-dataset.ts';
import { getVersion } from '#lib/datasets/get-version.ts';
import { inspectSource } from '#lib/datasets/inspect-source.ts';
import { listDatasets } from '#lib/datasets/list-datasets.ts';
import { listSources } from '#lib/datasets/list-sources.ts';
import { retryVersion } from '#lib/datasets/retry-version.ts';
import { base } from './base.ts';

export const datasetsRouter = base.datasets.router({
  list: base.datasets.list.handler(async ({ context: { platform, actor }, input }) => ({
    datasets: await listDatasets(platform, actor, input),
  })),
  sources: base.datasets.sources.handler(({ context: { platform, actor }, input }) =>
    listSources(platform, actor, input),
  ),
  upload: base.datasets.upload.handler(({ context: { platform, actor }, input }) =>
    addUpload(platform, actor, input),
  ),
  inspect: base.datasets.inspect.handler(({ context: { platform, actor }, input }) =>
    inspectSource(platform, actor, input),
  ),
  register: base.datasets.register.handler(({ context: { platform, actor }, input }) =>
    createVersion(platform, actor, input),
  ),
  get: base.datasets.get.handler(({ context: { platform, actor }, input }) =>
    getVersion(platform, actor, input),
  ),
  retry: base.datasets.retry.handler(({ context: { platform, actor }, input }) =>
    retryVersion(platform, actor, input),
  ),
  delete: base.datasets.delete.handler(async ({ context: { platform, actor }, input }) => {
    await deleteDataset(platform, actor, input);
    return { done: true };
  }),
});
