import { Choices } from "./choices";
import { Composer } from "./composer";
import type { Listener, Trouble } from "./conversation";
import { make } from "./dom";
import { Header } from "./header";
import type { Waiting } from "./memory";
import { Notice } from "./notice";
import type { Answer, ChatEvent, Practice } from "./protocol";
import { Question } from "./question";
import { Transcript } from "./transcript";
import type { Words } from "./words";

/** What the panel asks for. */
export interface Wishes {
  say(answer: Answer, text: string): void;
  wake(): void;
  close(): void;
  startOver(): string[];
  erase(): Promise<void>;
  /** A message of the bot came while nobody was looking. */
  unseen(): void;
}

/** Screen readers hear that the assistant writes only when it takes a while. */
const TYPING_SPOKEN_AFTER_MS = 1200;

/** The chat window: what is shown of a conversation, and what the visitor can do. */
export class Panel implements Listener {
  readonly dialog: HTMLDialogElement;
  readonly composer: Composer;
  private readonly header: Header;
  private readonly scroller: HTMLElement;
  private readonly transcript: Transcript;
  private readonly choices: Choices;
  private readonly notice = new Notice();
  private readonly question = new Question();
  private readonly dots = make("div", { class: "dots", hidden: true, "aria-hidden": "true" }, make("i"), make("i"), make("i"));
  private readonly typingSpoken = make("p", { class: "spoken", role: "status" });
  private readonly rest: readonly HTMLElement[];
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private caught = false;

  constructor(
    private readonly words: Words,
    private readonly wishes: Wishes,
  ) {
    const startOver = () => void this.askStartOver();
    this.header = new Header(words, { close: wishes.close, startOver, erase: () => void this.askErase() });
    this.scroller = make("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": words.conversation });
    this.transcript = new Transcript(words, this.scroller);
    this.choices = new Choices(words, (answer, text) => this.say(answer, text));
    this.composer = new Composer(words, (text) => this.say({ text }, text));
    this.scroller.append(this.transcript.log, this.dots, this.choices.element);
    this.rest = [this.header.element, this.scroller, this.notice.element, this.composer.form];
    this.dialog = make("dialog", { class: "panel", "aria-label": words.panel(words.assistant), tabindex: "-1", part: "panel" });
    this.dialog.append(...this.rest, this.typingSpoken, this.question.element);
    this.dialog.addEventListener("cancel", (event) => this.escape(event));
    this.dialog.addEventListener("keydown", (event) => event.key === "Escape" && this.escape(event));
    this.dialog.addEventListener("pointerdown", (event) => {
      if (!(event.target as Element).closest(".menu, .more-button")) this.header.closeMenu();
    });
  }

  introduce(practice: Practice): void {
    this.header.introduce(practice);
    this.dialog.setAttribute("aria-label", this.words.panel(practice.name));
    this.transcript.introduce(practice);
    this.transcript.scroll();
  }

  /** Says that what comes next was said before and is not news. */
  restoring(): void {
    this.caught = false;
    this.transcript.quiet = true;
  }

  scroll(): void {
    this.transcript.scroll();
  }

  event(event: ChatEvent): void {
    if (event.author === "bot") {
      this.choices.clearClosed();
      if (event.kind === "emergency") this.choices.clear();
      this.choices.offer(event);
      if (this.caught) this.wishes.unseen();
    } else if (this.caught) {
      this.choices.close();
    } else {
      this.choices.clear();
    }
    this.transcript.add(event);
  }

  waiting(message: Waiting): void {
    this.choices.close();
    this.transcript.addWaiting(message);
  }

  refused(message: Waiting): void {
    this.transcript.refuse(message);
    this.choices.clear();
    const pressed = !("text" in message.answer);
    this.notice.show(pressed ? this.words.choiceGone : this.words.refused, this.words.dismiss, () => this.dismiss());
    if (!pressed) this.composer.fill(message.text);
  }

  thinking(yes: boolean): void {
    clearTimeout(this.typingTimer);
    const changed = this.dots.hidden === yes;
    this.dots.hidden = !yes;
    if (!yes) this.typingSpoken.textContent = "";
    else this.typingTimer = setTimeout(() => (this.typingSpoken.textContent = this.words.typing), TYPING_SPOKEN_AFTER_MS);
    if (changed && yes) this.transcript.scroll();
  }

  caughtUp(): void {
    if (this.caught) return;
    this.caught = true;
    // The live region is switched on only when the browser has drawn what was said before.
    setTimeout(() => (this.transcript.quiet = false), 300);
  }

  trouble(trouble: Trouble | null): void {
    if (trouble) {
      this.transcript.markWaiting();
      if (trouble === "expired" || trouble === "full") this.notice.show(this.words[trouble], this.words.startOver, () => this.startOver());
      else this.notice.show(this.words[trouble], trouble === "offline" ? "" : this.words.tryNow, () => this.wishes.wake());
      this.transcript.scroll();
    } else if (navigator.onLine && Object.values(this.troubles).includes(this.notice.shown)) {
      this.notice.hide();
    }
  }

  reset(): void {
    this.transcript.clear();
    this.choices.clear();
  }

  private get troubles() {
    const { offline, unreachable, busy, full, server, expired } = this.words;
    return { offline, unreachable, busy, full, server, expired };
  }

  private say(answer: Answer, text: string): void {
    this.notice.hide();
    // A pressed button is about to be disabled and would drop the focus. From here Tab leads to the next choices.
    if (this.choices.element.contains(this.focused)) this.scroller.focus({ preventScroll: true });
    this.wishes.say(answer, text);
  }

  private get focused(): Element | null {
    return (this.dialog.getRootNode() as ShadowRoot).activeElement;
  }

  private startOver(): void {
    const unsent = this.wishes.startOver();
    this.notice.hide();
    this.composer.fill(unsent.join("\n"));
    this.composer.field.focus();
  }

  private dismiss(): void {
    this.notice.hide();
    this.composer.field.focus();
  }

  private async askStartOver(): Promise<void> {
    const { startOverQuestion: title, startOverText: more, startOverYes: yes, no } = this.words;
    if (await this.question.ask({ title, more, yes, no, grave: false }, this.rest)) this.startOver();
    else this.header.leaveMenu();
  }

  private async askErase(): Promise<void> {
    const { eraseQuestion: title, eraseText: more, eraseYes: yes, no } = this.words;
    if (!(await this.question.ask({ title, more, yes, no, grave: true }, this.rest))) return this.header.leaveMenu();
    try {
      await this.wishes.erase();
      this.notice.show(this.words.erased, this.words.startOver, () => this.startOver());
    } catch {
      this.notice.show(this.words.eraseFailed, this.words.dismiss, () => this.dismiss());
    }
    this.composer.field.focus();
  }

  private escape(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    if (this.question.open) this.question.cancel();
    else if (this.header.menuOpen) this.header.leaveMenu();
    else this.wishes.close();
  }
}
