import type { Language, Translations } from '../../data/language.ts';
import type { Acknowledgement, Choice, Reply, ShowDraft } from './reply.ts';
import type {
  ButtonRequest,
  ChannelValue,
  CommandRequest,
  CompletionRequest,
  FormRequest,
  MessageRequest,
  RoleValue,
} from './request.ts';

/** A name in the other languages: lower case, letters, digits, `-` and `_`, 32 characters at most. */
export type LocalNames = Readonly<Record<Exclude<Language, 'en'>, string>>;

interface Described {
  readonly localNames: LocalNames;
  /** 100 characters at most. */
  readonly description: Translations;
}

interface AnyOption extends Described {
  readonly required?: true;
}

interface OptionChoice<Value extends string = string> {
  readonly value: Value;
  readonly name: Translations;
}

/** An option that holds text. */
export interface TextOption<Services> extends AnyOption {
  readonly type: 'text';
  readonly minimumLength?: number;
  /** In characters (code points). */
  readonly maximumLength?: number;
  /** It is one of these. */
  readonly choices?: readonly OptionChoice[];
  /** Offers texts as one types; it can hold any other too. */
  complete?(request: CompletionRequest, services: Services): Promise<readonly Choice[]>;
}

/** An option that holds a number, from `minimum` to `maximum`, both included. */
export interface NumberOption extends AnyOption {
  readonly type: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum: number;
}

/** A channel of the server that messages can be posted to. */
interface ChannelOption extends AnyOption {
  readonly type: 'channel';
}

/** A role of the server. */
interface RoleOption extends AnyOption {
  readonly type: 'role';
}

/** One option of a slash command. */
export type Option<Services> = TextOption<Services> | NumberOption | ChannelOption | RoleOption;
/** Options by name, as a person sees them: the required ones first. */
export type Options<Services> = Readonly<Record<string, Option<Services>>>;

type ValueOf<O> = O extends { type: 'text'; choices: readonly OptionChoice<infer Value>[] }
  ? Value
  : O extends { type: 'text' }
    ? string
    : O extends { type: 'integer' | 'number' }
      ? number
      : O extends { type: 'channel' }
        ? ChannelValue
        : O extends { type: 'role' }
          ? RoleValue
          : never;

/** What options hold once read: those required are there, each is of its type and within its bounds. */
export type OptionValues<O> = {
  readonly [Name in keyof O as O[Name] extends { required: true } ? Name : never]: ValueOf<O[Name]>;
} & {
  readonly [Name in keyof O as O[Name] extends { required: true } ? never : Name]?: ValueOf<
    O[Name]
  >;
};

/** What a command or a subcommand does. */
export interface Action<Services, O extends Options<Services> = Options<Services>> {
  readonly options: O;
  readonly acknowledgement: Exclude<Acknowledgement, 'silent' | 'none'>;
  /** Whether it makes a network compute or draws a picture, and so counts towards the cooldowns. */
  readonly costly: boolean;
  run(
    request: CommandRequest<OptionValues<O>>,
    services: Services,
    show: ShowDraft,
  ): Promise<Reply>;
}

interface Named extends Described {
  /** Its English name, by which requests name it. */
  readonly name: string;
}

interface Offered extends Named {
  /** How it is typed, for `/help`: `/verse passage:John 3:16`. */
  readonly example: Translations;
  /** `everywhere`: installed to a server or to a person, private messages too. `servers`: in servers that installed it. */
  readonly where: 'everywhere' | 'servers';
  /** `server-managers`: those who may manage the server, unless a server's own settings in Discord say otherwise. Discord enforces it. */
  readonly who: 'everyone' | 'server-managers';
}

export interface SingleCommand<Services, O extends Options<Services> = Options<Services>>
  extends Offered,
    Action<Services, O> {
  /** Whether there is anything to use it for; where there is not, it is not registered. @default always */
  isOffered?(services: Services): Promise<boolean>;
}

/** One of a group: `set` in `/daily set`. */
export interface Subcommand<Services, O extends Options<Services> = Options<Services>>
  extends Named,
    Action<Services, O> {}

/** A slash command that does nothing itself and is used by its subcommands. */
export interface CommandGroup<Services> extends Offered {
  readonly subcommands: readonly Subcommand<Services>[];
}

/** One slash command: what Discord shows of it, and what it does. */
export type Command<Services> = SingleCommand<Services> | CommandGroup<Services>;

/** An entry of the menu of a message, under Apps. */
export interface MessageCommand<Services> {
  /** As everybody reads it in English: 32 characters at most. */
  readonly name: string;
  readonly localNames: LocalNames;
  readonly acknowledgement: Exclude<Acknowledgement, 'silent' | 'none'>;
  /** As an action's. */
  readonly costly: boolean;
  run(request: MessageRequest, services: Services, show: ShowDraft): Promise<Reply>;
}

/** What a press of a button does, whichever message it is under. */
export interface ButtonHandler<Services> {
  /** What its buttons' ids have before the colon. */
  readonly name: string;
  readonly acknowledgement: Acknowledgement;
  /** As an action's. */
  readonly costly: boolean;
  /** `argument` is what the id has after the colon, unchecked. */
  press(
    request: ButtonRequest,
    argument: string,
    services: Services,
    show: ShowDraft,
  ): Promise<Reply>;
}

/** What a form that was filled in does. */
export interface FormHandler<Services> {
  /** What its forms' ids have before the colon. */
  readonly name: string;
  readonly acknowledgement: Exclude<Acknowledgement, 'silent' | 'none'>;
  /** As an action's. */
  readonly costly: boolean;
  /** `argument` as a button's. */
  submit(
    request: FormRequest,
    argument: string,
    services: Services,
    show: ShowDraft,
  ): Promise<Reply>;
}

/** The command as it is: lets its options' declarations type what `run` is given. */
export function command<Services, const O extends Options<Services>>(
  declaration: SingleCommand<Services, O>,
): SingleCommand<Services> {
  return declaration;
}

/** The subcommand as it is: lets its options' declarations type what `run` is given. */
export function subcommand<Services, const O extends Options<Services>>(
  declaration: Subcommand<Services, O>,
): Subcommand<Services> {
  return declaration;
}
