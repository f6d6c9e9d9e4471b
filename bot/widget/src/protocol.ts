/** What the chat API sends and takes. The contract is bot/api/openapi.yaml. */

export interface Session {
  readonly id: string;
  readonly token: string;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Cannot be ticked together with another choice. */
  readonly alone: boolean;
}

/**
 * One entry of the conversation. `seq` starts at 1 and has no gaps; `key` is the sender's key of a visitor's message;
 * `open` says whether the choices can still be pressed.
 */
export interface ChatEvent {
  readonly seq: number;
  readonly author: "visitor" | "bot";
  readonly text: string;
  readonly at: string;
  readonly kind: string;
  readonly many: boolean;
  readonly choices: readonly Choice[];
  readonly key: string;
  readonly open: boolean;
}

export interface Practice {
  readonly name: string;
  readonly phone: string;
  readonly phone_e164: string;
  readonly emergency_number: string;
}

export type Answer = { readonly text: string } | { readonly choice: string } | { readonly choices: readonly string[] };

/** A frame of the event stream: a message, or a sign that the bot thinks (`typing`) or has finished (`idle`). */
export type Frame = { readonly name: "message"; readonly event: ChatEvent } | { readonly name: "typing" | "idle" };

/** Most characters (code points) of one message. */
export const MOST_CHARACTERS = 1000;
