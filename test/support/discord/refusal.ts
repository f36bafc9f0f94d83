/** An answer of Discord's that is not a success: the status, and the body that says why. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly details: unknown;

  constructor(status: number, code: number, message: string, details?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  get body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.details === undefined ? {} : { errors: this.details }),
    };
  }
}

export const unknownInteraction = () => new Refusal(404, 10062, 'Unknown interaction');
export const alreadyAcknowledged = () =>
  new Refusal(400, 40060, 'Interaction has already been acknowledged.');
export const unknownWebhook = () => new Refusal(404, 10015, 'Unknown Webhook');
export const invalidWebhookToken = () => new Refusal(401, 50027, 'Invalid Webhook Token');
export const unknownMessage = () => new Refusal(404, 10008, 'Unknown Message');
export const unknownChannel = () => new Refusal(404, 10003, 'Unknown Channel');
export const missingAccess = () => new Refusal(403, 50001, 'Missing Access');
export const missingPermissions = () => new Refusal(403, 50013, 'Missing Permissions');
export const alreadyPublished = () =>
  new Refusal(400, 40033, 'This message has already been crossposted.');
export const notInThatChannel = () =>
  new Refusal(400, 50024, 'Cannot execute action on this channel type');
export const threadClosed = () => new Refusal(400, 160005, 'Thread is locked');
export const emptyMessage = () => new Refusal(400, 50006, 'Cannot send an empty message');
export const unauthorized = () => new Refusal(401, 0, '401: Unauthorized');
export const unknownRoute = () => new Refusal(404, 0, '404: Not Found');
export const notJson = () => new Refusal(400, 50109, 'The request body contains invalid JSON.');
export const entryPointMissing = () =>
  new Refusal(400, 50240, "You cannot remove this app's Entry Point command in a bulk update.");
export const invalidForm = (details: unknown) =>
  new Refusal(400, 50035, 'Invalid Form Body', details);
