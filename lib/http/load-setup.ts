import { isFirstAdminLinkOpen } from '#lib/accounts/first-admin-link.ts';
import { platform } from '#lib/platform/platform.ts';

/** Whether the set-up page of this token still has something to do. */
export function isSetupOpen(token: string): Promise<boolean> {
  return isFirstAdminLinkOpen(platform(), token);
}
