import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { type Permission, permissions } from '../core/request.ts';

const bits: Readonly<Record<Permission, bigint>> = {
  'view-channel': PermissionFlagsBits.ViewChannel,
  'send-messages': PermissionFlagsBits.SendMessages,
  'send-messages-in-threads': PermissionFlagsBits.SendMessagesInThreads,
  'attach-files': PermissionFlagsBits.AttachFiles,
  'read-message-history': PermissionFlagsBits.ReadMessageHistory,
};

/** The bits of everything that the bot needs. */
export const neededBits = permissions.reduce((all, permission) => all | bits[permission], 0n);

/** Reads a decimal bit field. */
export function readBits(field: string): PermissionsBitField {
  return new PermissionsBitField(BigInt(field));
}

/** Those of the bot's permissions that a field grants. */
export function grantedIn(field: Readonly<PermissionsBitField>): ReadonlySet<Permission> {
  return new Set(permissions.filter((permission) => field.has(bits[permission])));
}
