import type { Actor } from '#lib/accounts/actor.ts';

/** The person at the machine, who may do everything. */
export const COMMAND_LINE: Actor = { kind: 'system', name: 'command line' };
