/** The most UTF-16 units a text is sent with: Discord takes 2,000, the bot stays below. */
export const maximumTextLength = 1_999;
/** The most choices that a completion offers. */
export const maximumChoices = 25;
/** The most UTF-16 units of a choice's name, and of its value. */
export const maximumChoiceLength = 100;

/** A button under a message. */
export interface Button {
  /** What a press comes back with: a handler's name, a colon, and what it makes of it (`again:4711`); 100 characters at most. */
  readonly id: string;
  /** 80 characters at most. */
  readonly label: string;
  readonly style: 'primary' | 'secondary' | 'danger';
}

/** An image shown with a message. */
export interface Picture {
  readonly png: Uint8Array;
  /** What it shows, for who cannot see it; 1,024 characters at most. */
  readonly alt: string;
}

/** A file to keep. */
interface File {
  readonly name: string;
  /** `application/json` */
  readonly type: string;
  readonly data: Uint8Array;
}

/**
 * What is shown. Mentions in the text ping nobody and links unfold into nothing; of a text of more than
 * `maximumTextLength` as much is sent as `fitText` leaves.
 */
export interface Message {
  /** Discord's markdown. Not empty, unless there is a picture. */
  readonly text: string;
  /** One row of them, 5 at most. */
  readonly buttons?: readonly Button[];
  readonly picture?: Picture;
  readonly file?: File;
}

/** A new message, seen by everybody or by the asker alone. */
export interface MessageReply extends Message {
  readonly type: 'message';
  readonly private: boolean;
  /**
   * What takes the place of an acknowledged public message later, within fourteen minutes; null leaves it as it is. When
   * the signal fires, it is wanted at once.
   */
  later?(signal: AbortSignal): Promise<Message | null>;
}

/** The message that the pressed button is on becomes this one: to a silent acknowledgement only. */
interface UpdateReply extends Message {
  readonly type: 'update';
}

/** The message that the pressed button is on goes. */
interface DeleteReply {
  readonly type: 'delete';
}

/** A field of a form: a line of text. */
export interface FormField {
  readonly name: string;
  /** 45 characters at most. */
  readonly label: string;
  /** What it holds when the form opens. */
  readonly value: string;
  readonly minimumLength: number;
  readonly maximumLength: number;
}

/** A form that opens for who pressed a button: to no acknowledgement only. */
export interface FormReply {
  readonly type: 'form';
  /** What it comes back with, like a button's. */
  readonly id: string;
  /** 45 characters at most. */
  readonly title: string;
  readonly fields: readonly FormField[];
}

/** What a request is answered with. */
export type Reply = MessageReply | UpdateReply | DeleteReply | FormReply;

/**
 * Shows what there is of a public answer so far, where the answer will be. Whoever carries it decides whether and how
 * often, and only then has it made; null where there is nothing to be shown.
 */
export type ShowDraft = (make: () => Message | null) => void;

/** A completion: what is shown, and what the option then holds. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/**
 * What the asker sees while the answer is made: `public` or `private`, that one is coming, to everybody or to
 * the asker alone; `silent` (buttons only), nothing yet, so that the message the button is on can go; `none` (buttons
 * only), nothing at all: the reply comes within two seconds, and can be a form.
 *
 * A private reply stays private whatever was acknowledged. A public one is private after a private
 * acknowledgement: Discord cannot turn it.
 */
export type Acknowledgement = 'public' | 'private' | 'silent' | 'none';
