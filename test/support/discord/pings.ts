import type { AllowedMentions } from './message-body.ts';

const mentions = /@everyone|@here|<@!?(\d+)>|<@&(\d+)>/g;

/** The mentions in a content that ping somebody: all of them, unless `allowed` leaves them out. */
export function pingsIn(content: string, allowed: AllowedMentions | undefined): readonly string[] {
  return [...content.matchAll(mentions)]
    .filter(([, user, role]) => {
      if (!allowed) return true;
      const kind = user ? 'users' : role ? 'roles' : 'everyone';
      if (allowed.parse?.includes(kind)) return true;
      if (user) return allowed.users?.includes(user) ?? false;
      return role ? (allowed.roles?.includes(role) ?? false) : false;
    })
    .map(([mention]) => mention);
}
