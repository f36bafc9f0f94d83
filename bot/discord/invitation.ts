import { ApplicationIntegrationType, OAuth2Scopes } from 'discord.js';
import { neededBits } from './permissions.ts';

const page = 'https://discord.com/oauth2/authorize';

/** The links by which the bot is installed. */
export interface Invitation {
  /** To a server, by who may manage it. */
  readonly server: string;
  /** To a person, wherever they write. */
  readonly person: string;
}

export function invitationTo(applicationId: string): Invitation {
  const link = (type: ApplicationIntegrationType, more: Record<string, string>) => {
    const query = { client_id: applicationId, integration_type: String(type), ...more };
    return `${page}?${new URLSearchParams(query)}`;
  };
  return {
    server: link(ApplicationIntegrationType.GuildInstall, {
      permissions: String(neededBits),
      scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    }),
    person: link(ApplicationIntegrationType.UserInstall, {
      scope: OAuth2Scopes.ApplicationsCommands,
    }),
  };
}
