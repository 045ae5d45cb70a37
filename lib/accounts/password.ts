import { hash, verify } from '@node-rs/argon2';

// argon2id (the package's default) with RFC 9106's memory and passes for servers (section 4, second
// choice), but one lane, since many people sign in on few cores.
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };

/** Hashes a password with argon2id; the result carries salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

let decoy: Promise<string> | undefined;

/**
 * Whether a password fits. Without a hash (nobody has that e-mail address) it takes as long and
 * says no, so that the time tells nobody who has an account.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const fits = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== null && fits;
}
