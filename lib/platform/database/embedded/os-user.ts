import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#lib/core/errors.ts';

/** How to run a program of PostgreSQL, which refuses to run as root. */
export interface OsUser {
  /** Whom the data has to belong to; absent: whoever runs this process. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Rewrites a command so that `spawn` runs it as that user. */
  command(program: string, args: readonly string[]): SpawnArguments;
}

export interface SpawnArguments {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/**
 * Picks the user that PostgreSQL runs as. Not root: this user. Root: the owner of an existing
 * cluster, else the system's user `postgres`, else `nobody`. Where that user cannot reach the
 * programs or the data (a clone in /root, mode 700), it gets the one capability that passes
 * directories, and no other: CAP_DAC_READ_SEARCH, or CAP_DAC_OVERRIDE where a container has
 * dropped the former.
 *
 * @param paths the programs and folders that the user has to reach.
 * @param cluster the folder of the cluster, which need not exist yet.
 * @throws AppError UNAVAILABLE where root can't give way to any user.
 */
export function postgresUser(paths: readonly string[], cluster: string): OsUser {
  if (process.getuid?.() !== 0) {
    return { command: (program, args) => ({ program, args, options: {} }) };
  }
  const owner = ownerOf(cluster) ?? systemUser('postgres') ?? systemUser('nobody');
  if (owner === undefined) throw noUser('this machine has neither a user postgres nor nobody');
  if ([...paths, cluster].every((path) => canReach(path, owner))) {
    return { owner, command: (program, args) => ({ program, args, options: owner }) };
  }
  const capability = passingCapability();
  const prefix = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    // access(2) ignores the capabilities of anyone but root unless this bit is set.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=+${capability}`,
  ];
  return {
    owner,
    command: (program, args) => ({
      program: 'setpriv',
      args: [...prefix, program, ...args],
      options: {},
    }),
  };
}

function ownerOf(folder: string): OsUser['owner'] {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid };
}

function systemUser(name: string): OsUser['owner'] {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined
    ? undefined
    : { uid: Number(uid), gid: Number(gid) };
}

/** Whether a user may pass through every folder above a path. */
export function canReach(path: string, user: { uid: number; gid: number }): boolean {
  const parent = dirname(path);
  if (parent === path) return true;
  const stat = statSync(parent);
  const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
  return (stat.mode & bit) !== 0 && canReach(parent, user);
}

const CAPABILITY_BITS = { dac_read_search: 2, dac_override: 1 } as const;

function passingCapability(): string {
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
  } catch {
    throw noUser('the program setpriv (package util-linux) is missing');
  }
  const permitted = BigInt(
    `0x${readFileSync('/proc/self/status', 'utf8').match(/^CapPrm:\s*([0-9a-f]+)/m)?.[1] ?? '0'}`,
  );
  for (const [name, bit] of Object.entries(CAPABILITY_BITS)) {
    if ((permitted >> BigInt(bit)) & 1n) return name;
  }
  throw noUser('this container lacks the capabilities to let another user in');
}

function noUser(why: string): AppError {
  return new AppError(
    'UNAVAILABLE',
    `PostgreSQL refuses to run as root, and ${why}: run Winnow as an ordinary user, ` +
      'move the clone and the data folder out of /root, or set DATABASE_URL.',
    { reason: 'postgres-as-root' },
  );
}
