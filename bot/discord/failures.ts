import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js';
import type { RefusalKind } from '../core/posting.ts';

/** Discord's code where the wall in front of it turns a call away: a trouble that passes. */
const turnedAwayByProxy = 40333;

/**
 * Whether Discord itself has said no: the same again would be refused again. A proxy's 403 bears no code of Discord's,
 * and is as passing as a 503.
 */
export function isRefusal(error: unknown): error is DiscordAPIError {
  return (
    error instanceof DiscordAPIError &&
    typeof error.code === 'number' &&
    error.code !== turnedAwayByProxy
  );
}

/** Why Discord does not take a post. */
export function refusalKind(error: unknown): RefusalKind {
  if (hasCode(error, RESTJSONErrorCodes.UnknownChannel)) return 'channel-gone';
  if (
    hasCode(error, RESTJSONErrorCodes.MissingAccess) ||
    hasCode(error, RESTJSONErrorCodes.MissingPermissions)
  ) {
    return 'no-permission';
  }
  if (hasCode(error, RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration)) return 'auto-mod';
  if (
    hasCode(error, RESTJSONErrorCodes.InvalidActionOnArchivedThread) ||
    hasCode(error, RESTJSONErrorCodes.ThreadLocked)
  ) {
    return 'thread-closed';
  }
  return hasCode(error, RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel)
    ? 'tag-needed'
    : 'other';
}

/** Whether a post has gone to those that follow its channel before. */
export function isPublishedAlready(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.ThisMessageWasAlreadyCrossposted);
}

/** Whether somebody has acknowledged this interaction before. */
export function isAcknowledgedAlready(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);
}

/** Whether nobody can be answered any more: the interaction is over, or the message was deleted. */
export function isOver(error: unknown): boolean {
  return (
    hasCode(error, RESTJSONErrorCodes.UnknownInteraction) ||
    hasCode(error, RESTJSONErrorCodes.UnknownWebhook) ||
    hasCode(error, RESTJSONErrorCodes.InvalidWebhookToken) ||
    isMessageGone(error)
  );
}

export function isMessageGone(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.UnknownMessage);
}

function hasCode(error: unknown, code: number): boolean {
  return isRefusal(error) && error.code === code;
}

/** What a log says of an error; none of Discord's addresses, which hold tokens. */
export function describeFailure(error: unknown): object {
  if (error instanceof DiscordAPIError)
    return { status: error.status, code: error.code, error: error.message };
  if (error instanceof HTTPError) return { status: error.status, error: error.message };
  if (error instanceof Error) return { error: error.stack ?? error.message };
  return { error: String(error) };
}
