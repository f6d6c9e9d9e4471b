import { Api } from "./api";
import { Conversation } from "./conversation";
import { icon, make } from "./dom";
import { Memory } from "./memory";
import { Panel } from "./panel";
import { Pauses } from "./pauses";
import css from "./style.css";
import { Tabs } from "./tabs";
import { wordsFor, type Words } from "./words";

/** Narrower than this the panel fills the screen and the page behind it rests. */
const FULL_SCREEN = "(max-width: 29.9375em)";
/** A link to this address opens the chat. */
const OPENER = 'a[href="#instep-chat"]';
/** Touch keyboards would cover the first words. */
const TOUCH = "(hover: none) and (pointer: coarse)";

interface Room {
  readonly panel: Panel;
  readonly api: Api;
  readonly tabs: Tabs;
  readonly conversation: Conversation;
}

/**
 * `<instep-chat>`: the launcher and the chat window.
 *
 * Attributes: `data-api` (server's address; default: where this script came from), `lang`, `data-theme` (`light` or
 * `dark`; default: as the device). The methods `open()` and `close()` do what the launcher and the close button do; so
 * does a link of the page to `#instep-chat`.
 */
export class InstepChat extends HTMLElement {
  static scriptOrigin = location.origin;

  private words!: Words;
  private base!: string;
  private memory!: Memory;
  private region!: HTMLElement;
  private launcher!: HTMLButtonElement;
  private made: Room | null = null;
  private life: AbortController | null = null;
  private readonly seenArea = new CSSStyleSheet();
  private started = false;
  private readonly pauses = new Pauses();
  private unseen = 0;

  connectedCallback(): void {
    const { language, words } = wordsFor([this.lang, document.documentElement.lang, navigator.language]);
    this.base = (this.dataset["api"] ?? InstepChat.scriptOrigin).replace(/\/+$/, "");
    this.words = words;
    this.memory = new Memory(`instep:${this.base}`);
    this.life = new AbortController();
    this.render(language);
    this.listen(this.life.signal);
    this.restore();
  }

  disconnectedCallback(): void {
    this.life?.abort();
    this.pauses.wake();
    this.made?.conversation.stop();
    this.made?.tabs.close();
    this.made = null;
    this.started = false;
  }

  open(): void {
    this.show();
    this.start(!this.started);
    this.memory.change(() => ({ open: true }));
    const { dialog, composer } = this.room.panel;
    (matchMedia(TOUCH).matches ? dialog : composer.field).focus();
  }

  close(): void {
    this.made?.panel.dialog.close();
    this.launcher.hidden = false;
    this.memory.change(() => ({ open: false }));
    this.launcher.focus();
  }

  /** What a page without an open chat does not pay for. */
  private get room(): Room {
    if (this.made) return this.made;
    const panel: Panel = new Panel(this.words, {
      say: (answer, text) => conversation.say(answer, text),
      wake: () => this.wake(),
      close: () => this.close(),
      startOver: () => conversation.startOver(),
      erase: () => conversation.erase(),
      unseen: () => this.countUnseen(),
    });
    const api = new Api(this.base);
    const tabs = new Tabs(`instep:${this.base}`);
    const conversation: Conversation = new Conversation(api, this.memory, tabs, panel);
    this.region.append(panel.dialog);
    return (this.made = { panel, api, tabs, conversation });
  }

  private render(language: string): void {
    const label = make("span", {}, this.words.launcher);
    this.launcher = make("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", part: "launcher" }, icon("chat"), label);
    this.launcher.addEventListener("click", () => this.open());
    this.region = make("section", { class: "chat", "aria-label": this.words.region, lang: language }, this.launcher);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet, this.seenArea];
    root.replaceChildren(this.region);
  }

  private listen(signal: AbortSignal): void {
    const wake = () => this.started && this.wake();
    const online = () => {
      this.made?.panel.trouble(null);
      wake();
    };
    addEventListener("online", online, { signal });
    document.addEventListener("click", (event) => this.opened(event), { signal });
    // A page that the browser had put aside was told nothing meanwhile.
    addEventListener("pageshow", ({ persisted }) => persisted && this.made?.conversation.look(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || wake(), { signal });
    addEventListener("offline", () => this.started && this.room.panel.trouble("offline"), { signal });
    matchMedia(FULL_SCREEN).addEventListener("change", () => this.made?.panel.dialog.open && this.show(), { signal });
    // The on-screen keyboard shrinks only the visual viewport.
    visualViewport?.addEventListener("resize", () => this.fitSeenArea(), { signal });
    visualViewport?.addEventListener("scroll", () => this.fitSeenArea(), { signal });
  }

  private opened(event: Event): void {
    if (!(event.target instanceof Element) || !event.target.closest(OPENER)) return;
    event.preventDefault();
    this.open();
  }

  /** Goes on where the last page ended, without taking the focus. */
  private restore(): void {
    const { open, queue, session } = this.memory.read();
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    // A full-screen chat must not cover a page that the visitor has just gone to.
    if (open && session && (!matchMedia(FULL_SCREEN).matches || navigation?.type === "reload")) {
      this.show(true);
      this.start(false);
    } else if (queue.length) this.start(false);
  }

  private show(restored = false): void {
    const { panel } = this.room;
    const { dialog } = panel;
    const full = matchMedia(FULL_SCREEN).matches;
    if (dialog.open) dialog.close();
    if (!full && restored) dialog.setAttribute("open", "");
    else {
      if (full) dialog.showModal();
      else dialog.show();
      // The browser would choose the first button.
      dialog.focus();
    }
    this.launcher.hidden = true;
    this.unseen = 0;
    this.launcher.removeAttribute("data-unseen");
    this.launcher.removeAttribute("aria-label");
    this.fitSeenArea();
    panel.scroll();
  }

  private start(begin: boolean): void {
    const { panel, conversation } = this.room;
    if (!this.started) {
      this.started = true;
      void this.introduce();
      if (conversation.session) panel.restoring();
      if (!begin) conversation.resume();
    }
    if (begin) conversation.begin();
  }

  private wake(): void {
    this.pauses.wake();
    this.made?.conversation.wake();
  }

  private async introduce(): Promise<void> {
    const signal = this.life?.signal;
    for (let attempt = 1; !signal?.aborted; attempt++) {
      try {
        const practice = await this.room.api.practice();
        return this.made?.panel.introduce(practice);
      } catch {
        // The chat works without: the conversation reports the trouble.
        await this.pauses.before(attempt);
      }
    }
  }

  private countUnseen(): void {
    if (this.made?.panel.dialog.open) return;
    this.unseen++;
    this.launcher.dataset["unseen"] = String(this.unseen);
    this.launcher.setAttribute("aria-label", this.words.launcherUnread(this.unseen));
  }

  private fitSeenArea(): void {
    const seen = visualViewport;
    if (seen) this.seenArea.replaceSync(`:host{--seen-height:${seen.height}px;--seen-top:${seen.offsetTop}px}`);
  }
}
