import type { StudySpec } from '#lib/studies/schema.ts';

/** Names each arm's videos, so that an arm that gets another name keeps them. */
export function pinSources(spec: StudySpec): StudySpec {
  return {
    ...spec,
    arms: spec.arms.map((arm) => ({ ...arm, source: { model: arm.name, ...arm.source } })),
  };
}

/** The reverse: what goes without saying is left out. */
export function unpinSources(spec: StudySpec): StudySpec {
  return {
    ...spec,
    arms: spec.arms.map(({ source, ...arm }) =>
      source && (source.import !== undefined || source.model !== arm.name)
        ? { ...arm, source }
        : arm,
    ),
  };
}
