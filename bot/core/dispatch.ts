import type { Language, Translations } from '../../data/language.ts';
import type { Action, ButtonHandler, Command, FormHandler, MessageCommand } from './command.ts';
import { readOptions } from './read-options.ts';
import {
  apology,
  privately,
  Refused,
  serversOnly,
  unknownButton,
  unknownCommand,
  unknownForm,
} from './refusals.ts';
import type { Acknowledgement, Choice, Reply, ShowDraft } from './reply.ts';
import type {
  ButtonRequest,
  CommandRequest,
  CompletionRequest,
  FormRequest,
  MessageRequest,
  Place,
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
      /** What is said while it waits, where that takes a while; null else. */
      readonly notice: string | null;
      readonly work: (show?: ShowDraft) => Promise<Reply>;
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
  readonly forms: readonly FormHandler<Services>[];
  /** What a request from there is worked on with. */
  readonly servicesIn: (place: Place) => Services;
  /** Turns a request away before anything is done for it (a cooldown, say); null lets it in. Must do no work. */
  readonly admit: (request: Request, costly: boolean, services: Services) => Reply | null;
  /** What is said to who has to wait for their turn; null where that is soon. */
  readonly notice: (request: Request) => Translations | null;
  /** Does a costly work when it is its turn. */
  readonly inTurn: (work: () => Promise<Reply>) => Promise<Reply>;
  /** The language in which everybody there is answered; the asker alone is answered in their own. */
  readonly publicLanguage: (request: Request, services: Services) => Language;
  /** A reply as it may be shown there. */
  readonly screen: (reply: Reply, request: Request, services: Services) => Reply;
  /** Told of what a command or a button threw. */
  readonly onFailure: (error: unknown, request: Request | CompletionRequest) => void;
}

/** Finds who answers a request, after the checks that every command has in common. */
export function createDispatcher<Services>(parts: DispatcherParts<Services>): Dispatcher {
  const { servicesIn, admit, notice, inTurn, publicLanguage, screen, onFailure } = parts;
  const commands = new Map(parts.commands.map((command) => [command.name, command]));
  const messageCommands = new Map(parts.messageCommands.map((command) => [command.name, command]));
  const buttons = new Map(parts.buttons.map((button) => [button.name, button]));
  const forms = new Map(parts.forms.map((form) => [form.name, form]));

  function work<Asked extends Request>(
    request: Asked,
    {
      acknowledgement,
      costly,
    }: { readonly acknowledgement: Acknowledgement; readonly costly: boolean },
    answer: (request: Asked, services: Services, show: ShowDraft) => Promise<Reply>,
  ): Received {
    const apologize = (error: unknown): Reply => {
      if (error instanceof Refused) return privately(error.words, request.locale);
      onFailure(error, request);
      return privately(apology, request.locale);
    };
    let services: Services;
    let asked = request;
    try {
      services = servicesIn(request.place);
      const refused = admit(request, costly, services);
      if (refused !== null) return { type: 'reply', reply: refused };
      if (acknowledgement === 'public') {
        asked = { ...request, locale: publicLanguage(request, services) };
      }
    } catch (error) {
      return { type: 'reply', reply: apologize(error) };
    }
    return {
      type: 'work',
      acknowledgement,
      notice: costly ? (notice(request)?.[asked.locale] ?? null) : null,
      work: async (show = () => {}) => {
        const showScreened: ShowDraft = (make) =>
          show(() => {
            const draft = make();
            if (draft === null) return null;
            const reply = screen({ ...draft, type: 'message', private: false }, request, services);
            return reply.type === 'message' && !reply.private ? draft : null;
          });
        try {
          const done = () => answer(asked, services, showScreened);
          return screen(await (costly ? inTurn(done) : done()), request, services);
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
    return work(request, action, (asked, services, show) =>
      action.run({ ...asked, options }, services, show),
    );
  }

  function receiveButton(request: ButtonRequest): Received {
    const { name, argument } = splitId(request.buttonId);
    const button = buttons.get(name);
    if (!button) return { type: 'reply', reply: privately(unknownButton, request.locale) };
    return work(request, button, (asked, services, show) =>
      button.press(asked, argument, services, show),
    );
  }

  function receiveForm(request: FormRequest): Received {
    const { name, argument } = splitId(request.formId);
    const form = forms.get(name);
    if (!form) return { type: 'reply', reply: privately(unknownForm, request.locale) };
    return work(request, form, (asked, services, show) =>
      form.submit(asked, argument, services, show),
    );
  }

  function receiveMessage(request: MessageRequest): Received {
    const command = messageCommands.get(request.command);
    if (!command) return { type: 'reply', reply: privately(unknownCommand, request.locale) };
    return work(request, command, (asked, services, show) => command.run(asked, services, show));
  }

  return {
    receive(request) {
      switch (request.type) {
        case 'command':
          return receiveCommand(request);
        case 'button':
          return receiveButton(request);
        case 'form':
          return receiveForm(request);
        case 'message':
          return receiveMessage(request);
      }
    },

    async complete(request) {
      const command = commands.get(request.command);
      const action = command && actionOf(command, request.subcommand);
      const option = Object.hasOwn(action?.options ?? {}, request.focused)
        ? action?.options[request.focused]
        : undefined;
      if (option?.type !== 'text' || !option.complete) return [];
      try {
        return await option.complete(request, servicesIn(request.place));
      } catch (error) {
        if (error instanceof Refused) return [];
        onFailure(error, request);
        return [];
      }
    },
  };
}

/** The handler's name in an id, and what it makes of the rest. */
function splitId(id: string): { readonly name: string; readonly argument: string } {
  const colon = id.indexOf(':');
  return colon < 0
    ? { name: id, argument: '' }
    : { name: id.slice(0, colon), argument: id.slice(colon + 1) };
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
