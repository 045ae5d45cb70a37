import { createAxis } from '#lib/datasets/axes/create-axis.ts';
import { deleteAxis } from '#lib/datasets/axes/delete-axis.ts';
import { exportAxisHistogram } from '#lib/datasets/axes/export-histogram.ts';
import { getAxis } from '#lib/datasets/axes/get-axis.ts';
import { listAxes } from '#lib/datasets/axes/list-axes.ts';
import { createManifest } from '#lib/datasets/manifests/create-manifest.ts';
import { openManifest } from '#lib/datasets/manifests/open-manifest.ts';
import { combineCuts } from '#lib/datasets/subsets/combine-cuts.ts';
import { getSubset } from '#lib/datasets/subsets/get-subset.ts';
import { listSubsets } from '#lib/datasets/subsets/list-subsets.ts';
import { base } from './base.ts';

export const axesRouter = base.axes.router({
  list: base.axes.list.handler(async ({ context: { platform, actor }, input }) => ({
    axes: await listAxes(platform, actor, input),
  })),
  create: base.axes.create.handler(({ context: { platform, actor }, input }) =>
    createAxis(platform, actor, input),
  ),
  get: base.axes.get.handler(({ context: { platform, actor }, input }) =>
    getAxis(platform, actor, input),
  ),
  histogram: base.axes.histogram.handler(({ context: { platform, actor }, input }) =>
    exportAxisHistogram(platform, actor, input),
  ),
  delete: base.axes.delete.handler(async ({ context: { platform, actor }, input }) => {
    await deleteAxis(platform, actor, input);
    return { done: true };
  }),
});

export const subsetsRouter = base.subsets.router({
  list: base.subsets.list.handler(async ({ context: { platform, actor }, input }) => ({
    subsets: await listSubsets(platform, actor, input),
  })),
  combine: base.subsets.combine.handler(({ context: { platform, actor }, input }) =>
    combineCuts(platform, actor, input),
  ),
  get: base.subsets.get.handler(({ context: { platform, actor }, input }) =>
    getSubset(platform, actor, input),
  ),
});

export const manifestsRouter = base.manifests.router({
  create: base.manifests.create.handler(({ context: { platform, actor }, input }) =>
    createManifest(platform, actor, input),
  ),
  file: base.manifests.file.handler(({ context: { platform, actor }, input }) =>
    openManifest(platform, actor, { ...input, part: 'file' }),
  ),
  sidecar: base.manifests.sidecar.handler(({ context: { platform, actor }, input }) =>
    openManifest(platform, actor, { ...input, part: 'sidecar' }),
  ),
});
