import { ButtonStyle, ComponentType, MessageFlags, type RawFile, TextInputStyle } from 'discord.js';
import { fitText } from '../core/fit-text.ts';
import type { Button, FormReply, Message } from '../core/reply.ts';

const styles: Readonly<Record<Button['style'], ButtonStyle>> = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
};
const pictureName = 'picture.png';

/** A message as Discord's endpoints take it. */
export interface MessageBody {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: RawFile[];
}

/** Every part is named, so that a message that is edited into this one keeps nothing of what it was. */
export function messageBody(
  { text, buttons = [], picture, file }: Message,
  flags = 0,
  mention?: string,
): MessageBody {
  const components = buttons.map(({ id, label, style }) => ({
    type: ComponentType.Button,
    custom_id: id,
    label,
    style: styles[style],
  }));
  const files = [
    ...(picture
      ? [{ name: pictureName, data: Buffer.from(picture.png), contentType: 'image/png' }]
      : []),
    ...(file ? [{ name: file.name, data: Buffer.from(file.data), contentType: file.type }] : []),
  ];
  return {
    body: {
      content: fitText(text),
      allowed_mentions: { parse: [], ...(mention === undefined ? {} : { roles: [mention] }) },
      flags: MessageFlags.SuppressEmbeds | flags,
      components: components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }],
      attachments: [
        ...(picture ? [{ id: '0', filename: pictureName, description: picture.alt }] : []),
        ...(file ? [{ id: String(files.length - 1), filename: file.name }] : []),
      ],
    },
    files,
  };
}

/** A form as Discord opens it. */
export function formBody({ id, title, fields }: FormReply): MessageBody['body'] {
  return {
    custom_id: id,
    title,
    components: fields.map(({ name, label, value, minimumLength, maximumLength }) => ({
      type: ComponentType.Label,
      label,
      component: {
        type: ComponentType.TextInput,
        custom_id: name,
        style: TextInputStyle.Short,
        required: minimumLength > 0,
        min_length: minimumLength,
        max_length: maximumLength,
        ...(value === '' ? {} : { value }),
      },
    })),
  };
}
