import type { Translations } from '../../data/language.ts';
import type { Action, ButtonHandler, Command, MessageCommand } from './command.ts';
import { readOptions } from './read-options.ts';
import { apology, privately, serversOnly, unknownButton, unknownCommand } from './refusals.ts';
import type { Acknowledgement, Choice, Reply } from './reply.ts';
import type {
  ButtonRequest,
  CommandRequest,
  CompletionRequest,
  MessageRequest,
  Request,
} from './request.ts';

/** What is to be done about a request, known without any work. */
export type Received =
  /** Answer with this at once. */
  | { readonly type: 'reply'; readonly reply: Reply }
  /** Acknowledge it this way, then call `work` (once). It never rejects: a failure ends in an apology. */
  | {
      readonly type: 'work';
      readonly acknowledgement: Acknowledgement;
      readonly work: () => Promise<Reply>;
    };

/** The commands and buttons as whoever carries requests sees them: Discord, the console, a test. */
export interface Dispatcher {
  /** Never throws. */
  receive(request: Request): Received;
  /** Never rejects: a failure offers nothing. */
  complete(request: CompletionRequest): Promise<readonly Choice[]>;
}

export interface DispatcherParts<Services> {
  readonly commands: readonly Command<Services>[];
  readonly messageCommands: readonly MessageCommand<Services>[];
  readonly buttons: readonly ButtonHandler<Services>[];
  readonly services: Services;
  /** Turns a costly request away before anything is done for it (a cooldown); null lets it in. Must do no work. */
  readonly admit: (request: Request, costly: boolean) => Reply | null;
  /** Told of what a command or a button threw. */
  readonly onFailure: (error: unknown, request: Request | CompletionRequest) => void;
}

/** Finds who answers a request, after the checks that every command has in common. */
export function createDispatcher<Services>(parts: DispatcherParts<Services>): Dispatcher {
  const { services, admit, onFailure } = parts;
  const commands = new Map(parts.commands.map((command) => [command.name, command]));
  const messageCommands = new Map(parts.messageCommands.map((command) => [command.name, command]));
  const buttons = new Map(parts.buttons.map((button) => [button.name, button]));

  function work(
    request: Request,
    {
      acknowledgement,
      costly,
    }: { readonly acknowledgement: Acknowledgement; readonly costly: boolean },
    answer: () => Promise<Reply>,
  ): Received {
    const apologize = (error: unknown): Reply => {
      onFailure(error, request);
      return privately(apology, request.locale);
    };
    try {
      const refused = admit(request, costly);
      if (refused !== null) return { type: 'reply', reply: refused };
    } catch (error) {
      return { type: 'reply', reply: apologize(error) };
    }
    return {
      type: 'work',
      acknowledgement,
      work: async () => {
        try {
          return await answer();
        } catch (error) {
          return apologize(error);
        }
      },
    };
  }

  function receiveCommand(request: CommandRequest): Received {
    const refuse = (words: Translations): Received => ({
      type: 'reply',
      reply: privately(words, request.locale),
    });
    const command = commands.get(request.command);
    const action = command && actionOf(command, request.subcommand);
    if (!command || !action) return refuse(unknownCommand);
    if (command.where === 'servers' && request.place.guildId === null) return refuse(serversOnly);
    const read = readOptions(action.options, request.options);
    if ('refusal' in read) return refuse(read.refusal);
    const options = read.values;
    return work(request, action, () => action.run({ ...request, options }, services));
  }

  function receiveButton(request: ButtonRequest): Received {
    const colon = request.buttonId.indexOf(':');
    const name = colon < 0 ? request.buttonId : request.buttonId.slice(0, colon);
    const argument = colon < 0 ? '' : request.buttonId.slice(colon + 1);
    const button = buttons.get(name);
    if (!button) return { type: 'reply', reply: privately(unknownButton, request.locale) };
    return work(request, button, () => button.press(request, argument, services));
  }

  function receiveMessage(request: MessageRequest): Received {
    const command = messageCommands.get(request.command);
    if (!command) return { type: 'reply', reply: privately(unknownCommand, request.locale) };
    return work(request, command, () => command.run(request, services));
  }

  return {
    receive(request) {
      if (request.type === 'command') return receiveCommand(request);
      return request.type === 'button' ? receiveButton(request) : receiveMessage(request);
    },

    async complete(request) {
      const command = commands.get(request.command);
      const action = command && actionOf(command, request.subcommand);
      const option = Object.hasOwn(action?.options ?? {}, request.focused)
        ? action?.options[request.focused]
        : undefined;
      if (option?.type !== 'text' || !option.complete) return [];
      try {
        return await option.complete(request, services);
      } catch (error) {
        onFailure(error, request);
        return [];
      }
    },
  };
}

/** What a command does, or its subcommand of that name. */
function actionOf<Services>(
  command: Command<Services>,
  subcommand: string | null,
): Action<Services> | undefined {
  if ('subcommands' in command) {
    return command.subcommands.find(({ name }) => name === subcommand);
  }
  return subcommand === null ? command : undefined;
}
