'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type StudySpec, spellPath, studySpecSchema } from '#lib/studies/schema.ts';

const ProblemsContext = createContext<ReadonlyMap<string, string>>(new Map());

/** What is wrong with a study, by the place that says it: `arms[2].level`. */
export function useSpecProblems(spec: StudySpec): ReadonlyMap<string, string> {
  return useMemo(() => {
    const parsed = studySpecSchema.safeParse(spec);
    const problems = new Map<string, string>();
    for (const issue of parsed.error?.issues ?? []) {
      const place = spellPath(issue.path);
      if (!problems.has(place)) problems.set(place, inWords(issue));
    }
    return problems;
  }, [spec]);
}

export function ProblemsProvider(props: {
  problems: ReadonlyMap<string, string>;
  children: ReactNode;
}) {
  return <ProblemsContext value={props.problems}>{props.children}</ProblemsContext>;
}

/** The problem at a place of the study, for the field that edits it. */
export function useProblem(place: string): string | undefined {
  return useContext(ProblemsContext).get(place);
}

function inWords(issue: { code: string; message: string; input?: unknown; minimum?: unknown }) {
  if (issue.code === 'invalid_type' && issue.message.includes('NaN')) return 'Write a number.';
  if (issue.code === 'too_small' && issue.message.includes('string'))
    return 'Write something here.';
  return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}${/[.?!]$/.test(issue.message) ? '' : '.'}`;
}
