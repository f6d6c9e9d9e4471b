import { botBubble, visitorBubble } from "./bubble";
import { icon, make } from "./dom";
import type { Waiting } from "./memory";
import type { ChatEvent, Practice } from "./protocol";
import type { Words } from "./words";

type State = "sending" | "waiting" | "notSent";

/** The log of what was said. Announced politely, except what was said before the page was loaded. */
export class Transcript {
  readonly log: HTMLElement;
  private readonly pending = new Map<string, HTMLElement>();
  private practice: Practice | null = null;
  /** Where the newest turn begins: its top stays in view. */
  private turn: HTMLElement | null = null;

  constructor(
    private readonly words: Words,
    private readonly scroller: HTMLElement,
  ) {
    this.log = make("div", { class: "log", role: "log", "aria-label": words.conversation, "aria-live": "polite", part: "log" });
  }

  set quiet(quiet: boolean) {
    this.log.setAttribute("aria-live", quiet ? "off" : "polite");
  }

  clear(): void {
    this.log.replaceChildren();
    this.pending.clear();
    this.turn = null;
  }

  add(event: ChatEvent): void {
    if (event.author === "bot") this.place(botBubble(event, this.words));
    else this.place((this.turn = this.settled(event)));
    this.linkNumbers();
    this.scroll();
  }

  addWaiting({ key, text }: Waiting): void {
    if (this.pending.has(key)) return;
    const bubble = visitorBubble(text, this.words);
    this.pending.set(key, bubble);
    this.mark(bubble, navigator.onLine ? "sending" : "waiting");
    this.log.append(bubble);
    this.turn = bubble;
    this.scroll();
  }

  /** Marks every message on its way as one that waits for the connection. */
  markWaiting(): void {
    for (const bubble of this.pending.values()) this.mark(bubble, "waiting");
  }

  refuse({ key }: Waiting): void {
    const bubble = this.pending.get(key);
    if (bubble) this.mark(bubble, "notSent");
    this.pending.delete(key);
  }

  introduce(practice: Practice): void {
    this.practice = practice;
    this.linkNumbers();
  }

  private linkNumbers(): void {
    if (!this.practice) return;
    const { emergency_number: emergency, phone_e164: phone } = this.practice;
    for (const link of this.log.querySelectorAll<HTMLAnchorElement>("a.call[hidden]")) {
      link.href = `tel:${emergency}`;
      link.append(icon("phone"), this.words.callEmergency(emergency));
      link.hidden = false;
    }
    // Only the practice's own number: others are the visitor's.
    for (const link of this.log.querySelectorAll<HTMLAnchorElement>("a.number:not([href])")) {
      if (phone.endsWith(link.text.replace(/\D/g, ""))) link.href = `tel:${phone}`;
    }
  }

  /** Shows the newest, but never scrolls the beginning of the newest turn out of view. */
  scroll(): void {
    const top = this.turn ? this.turn.offsetTop - 12 : 0;
    const behavior = this.log.ariaLive === "off" ? "instant" : "auto";
    this.scroller.scrollTo({ top: Math.min(top, this.scroller.scrollHeight), behavior });
  }

  private settled(event: ChatEvent): HTMLElement {
    const bubble = this.pending.get(event.key) ?? visitorBubble(event.text, this.words);
    this.pending.delete(event.key);
    bubble.removeAttribute("data-state");
    return bubble;
  }

  private place(bubble: HTMLElement): void {
    const [firstPending] = this.pending.values();
    const behind = firstPending && bubble.compareDocumentPosition(firstPending) & Node.DOCUMENT_POSITION_PRECEDING;
    // Moving a bubble that stands right would make the live region read it again.
    if (!bubble.isConnected || behind) this.log.insertBefore(bubble, firstPending ?? null);
  }

  private mark(bubble: HTMLElement, state: State): void {
    bubble.dataset["state"] = this.words[state];
    bubble.classList.toggle("refused", state === "notSent");
  }
}
