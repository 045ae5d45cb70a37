import type { EndView } from './schema.ts';
import type { StudySettings } from './study-settings.ts';

interface ServedSession {
  readonly donePairs: number;
  readonly completionCode: string;
}

/**
 * What a rater is told when there is nothing more to rate. The completion code (or the address to
 * return to) is given to whoever rated at least one pair and can't go on: also where the study ran
 * out of work or was closed under an honest rater's hands.
 */
export function endView(
  reason: EndView['reason'],
  session: ServedSession,
  settings: StudySettings,
): EndView {
  const isServed = session.donePairs > 0 && reason !== 'paused' && reason !== 'not-open';
  return {
    reason,
    code: isServed ? session.completionCode : null,
    redirectUrl: isServed ? settings.spec.completion.redirectUrl : null,
  };
}
