import type { Clock } from '../core/clock.ts';
import type { Dispatcher, Received } from '../core/dispatch.ts';
import type { Log } from '../core/log.ts';
import { apology, blockedByAutoMod, privately, restarting } from '../core/refusals.ts';
import {
  type Acknowledgement,
  type MessageReply,
  maximumChoiceLength,
  maximumChoices,
  type Reply,
} from '../core/reply.ts';
import type { CompletionRequest, Request } from '../core/request.ts';
import { withTimeout } from '../core/with-timeout.ts';
import { createDrafts } from './drafts.ts';
import { describeFailure, isAcknowledgedAlready, isOver, refusalKind } from './failures.ts';
import type { InteractionCalls } from './interaction-calls.ts';

/** How long a work may take, so that there is time to tell what became of it. */
const longestWork = 14 * 60_000;
/** How long a work may take that is answered without an acknowledgement before: Discord waits three seconds. */
const longestUnacknowledged = 2_000;
/** How long a completion may take: Discord waits three seconds. */
const longestCompletion = 2_500;

export interface AnswerParts {
  readonly dispatcher: Dispatcher;
  readonly log: Log;
  readonly clock: Clock;
  /** Fires when the bot is about to leave: nothing new is begun. */
  readonly leaving: AbortSignal;
  /** Fires when what is not done by now must be apologized for. */
  readonly lastCall: AbortSignal;
}

/**
 * Sees one request through: acknowledged, worked on, answered. Never rejects.
 *
 * @returns what is still to come after the answer, which never rejects either; null where that was all
 */
export async function answer(
  request: Request,
  calls: InteractionCalls,
  parts: AnswerParts,
): Promise<(() => Promise<void>) | null> {
  const { dispatcher, log, leaving } = parts;
  const received: Received = leaving.aborted
    ? { type: 'reply', reply: privately(restarting, request.locale) }
    : dispatcher.receive(request);
  try {
    if (received.type === 'reply') {
      await respond(received.reply, request, calls, log);
      return null;
    }
    const reply = await work(received, request, calls, parts);
    if (reply.type !== 'message' || reply.private || !reply.later) return null;
    const later = reply.later.bind(reply);
    return () => change(later, request, calls, parts);
  } catch (error) {
    report(error, request, log);
    return null;
  }
}

/** Puts what comes later in the place of an answer. */
async function change(
  later: NonNullable<MessageReply['later']>,
  request: Request,
  calls: InteractionCalls,
  { log, leaving }: AnswerParts,
): Promise<void> {
  try {
    const message = await later(leaving);
    if (message) await calls.edit(message);
  } catch (error) {
    // Whoever asked may have deleted it.
    if (!isOver(error)) report(error, request, log);
  }
}

/** Offers what an option completes to; nothing where that takes too long. Never rejects. */
export async function complete(
  request: CompletionRequest,
  calls: InteractionCalls,
  { dispatcher, log, clock }: AnswerParts,
): Promise<void> {
  try {
    const choices = await withTimeout(dispatcher.complete(request), longestCompletion, clock);
    const fitting = (choices ?? []).filter(
      ({ name, value }) => name.length > 0 && value.length <= maximumChoiceLength,
    );
    await calls.offer(
      fitting.slice(0, maximumChoices).map(({ name, value }) => ({
        name: name.slice(0, maximumChoiceLength).toWellFormed(),
        value,
      })),
    );
  } catch (error) {
    report(error, request, log);
  }
}

async function respond(
  reply: Reply,
  request: Request,
  calls: InteractionCalls,
  log: Log,
): Promise<void> {
  try {
    switch (reply.type) {
      case 'message':
        return await calls.respond(reply, reply.private);
      case 'delete':
        await calls.acknowledge('silent');
        return await calls.delete();
      case 'update':
        await calls.acknowledge('silent');
        return await calls.edit(reply);
      case 'form':
        return await calls.open(reply);
    }
  } catch (error) {
    if (isOver(error) || isAcknowledgedAlready(error)) throw error;
    report(error, request, log);
    await calls.respond(privately(apology, request.locale), true);
  }
}

async function work(
  { acknowledgement, notice, work }: Extract<Received, { type: 'work' }>,
  request: Request,
  calls: InteractionCalls,
  { clock, lastCall, log }: AnswerParts,
): Promise<Reply> {
  const sorry = privately(apology, request.locale);
  if (acknowledgement === 'none') {
    const reply = (await withTimeout(work(), longestUnacknowledged, clock)) ?? sorry;
    await respond(reply, request, calls, log);
    return reply;
  }
  if (notice === null || acknowledgement === 'silent') await calls.acknowledge(acknowledgement);
  else await calls.respond({ text: notice }, acknowledgement === 'private');
  const drafts = acknowledgement === 'public' ? createDrafts(calls, clock) : null;
  const reply = await withTimeout(work(drafts?.show), longestWork, clock, lastCall);
  // A draft that is on its way must not take the answer's place.
  await drafts?.end();
  if (reply === null) {
    log.warn(nameOf(request), 'A request took too long and was apologized for.');
  }
  try {
    await deliver(reply ?? sorry, acknowledgement, calls);
    return reply ?? sorry;
  } catch (error) {
    if (isOver(error)) throw error;
    report(error, request, log);
    const why =
      refusalKind(error) === 'auto-mod' ? privately(blockedByAutoMod, request.locale) : sorry;
    await deliver(why, acknowledgement, calls);
    return why;
  }
}

async function deliver(
  reply: Reply,
  acknowledgement: Acknowledgement,
  calls: InteractionCalls,
): Promise<void> {
  if (reply.type === 'delete') return calls.delete();
  if (reply.type === 'form') throw new Error('a form can only be the first answer');
  // After a silent acknowledgement, the message that the button is on.
  if (reply.type === 'update') return calls.edit(reply);
  if (acknowledgement === 'silent') return calls.followUp(reply, reply.private);
  if (reply.private && acknowledgement === 'public') {
    // A message cannot become private: the public one goes before the private one comes.
    await calls.delete();
    return calls.followUp(reply, true);
  }
  return calls.edit(reply);
}

function report(error: unknown, request: Request | CompletionRequest, log: Log): void {
  log.error({ ...nameOf(request), ...describeFailure(error) }, 'A request could not be answered.');
}

function nameOf(request: Request | CompletionRequest): object {
  if (request.type === 'button') return { request: request.id, button: request.buttonId };
  if (request.type === 'form') return { request: request.id, form: request.formId };
  return request.type === 'message'
    ? { request: request.id, command: request.command }
    : { request: request.id, command: request.command, subcommand: request.subcommand };
}
