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
const FULL_SCREEN = "(max-width: 479px)";
/** Touch keyboards would cover the first words. */
const TOUCH = "(hover: none) and (pointer: coarse)";

/**
 * `<instep-chat>`: the launcher and the chat window.
 *
 * Attributes: `data-api` (server's address; default: where this script came from), `lang`, `data-theme` (`light` or
 * `dark`; default: as the device). The methods `open()` and `close()` do what the launcher and the close button do.
 */
export class InstepChat extends HTMLElement {
  static scriptOrigin = location.origin;

  private words!: Words;
  private panel!: Panel;
  private conversation!: Conversation;
  private memory!: Memory;
  private launcher!: HTMLButtonElement;
  private life: AbortController | null = null;
  private readonly seenArea = new CSSStyleSheet();
  private started = false;
  private readonly pauses = new Pauses();
  private unseen = 0;
  private api!: Api;

  connectedCallback(): void {
    const base = (this.dataset["api"] ?? InstepChat.scriptOrigin).replace(/\/+$/, "");
    const { language, words } = wordsFor([this.lang, document.documentElement.lang, navigator.language]);
    const tabs = new Tabs(`instep:${base}`);
    this.words = words;
    this.api = new Api(base);
    this.memory = new Memory(`instep:${base}`);
    this.panel = new Panel(words, {
      say: (answer, text) => this.conversation.say(answer, text),
      wake: () => this.wake(),
      close: () => this.close(),
      startOver: () => this.conversation.startOver(),
      erase: () => this.conversation.erase(),
      unseen: () => this.countUnseen(),
    });
    this.conversation = new Conversation(this.api, this.memory, tabs, this.panel);
    this.life = new AbortController();
    this.life.signal.addEventListener("abort", () => tabs.close());
    this.render(language);
    this.listen(this.life.signal);
    this.restore();
  }

  disconnectedCallback(): void {
    this.life?.abort();
    this.pauses.wake();
    this.conversation.stop();
    this.started = false;
  }

  open(): void {
    this.show();
    this.start(!this.started);
    this.memory.change(() => ({ open: true }));
    (matchMedia(TOUCH).matches ? this.panel.dialog : this.panel.composer.field).focus();
  }

  close(): void {
    this.panel.dialog.close();
    this.launcher.hidden = false;
    this.memory.change(() => ({ open: false }));
    this.launcher.focus();
  }

  private render(language: string): void {
    const label = make("span", {}, this.words.launcher);
    this.launcher = make("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", part: "launcher" }, icon("chat"), label);
    this.launcher.addEventListener("click", () => this.open());
    const region = make("section", { class: "chat", "aria-label": this.words.region, lang: language }, this.launcher, this.panel.dialog);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet, this.seenArea];
    root.replaceChildren(region);
  }

  private listen(signal: AbortSignal): void {
    const wake = () => this.started && this.wake();
    const online = () => {
      this.panel.trouble(null);
      wake();
    };
    addEventListener("online", online, { signal });
    addEventListener("pageshow", wake, { signal });
    document.addEventListener("visibilitychange", () => document.hidden || wake(), { signal });
    addEventListener("offline", () => this.started && this.panel.trouble("offline"), { signal });
    matchMedia(FULL_SCREEN).addEventListener("change", () => this.panel.dialog.open && this.show(), { signal });
    // The on-screen keyboard shrinks only the visual viewport.
    visualViewport?.addEventListener("resize", () => this.fitSeenArea(), { signal });
    visualViewport?.addEventListener("scroll", () => this.fitSeenArea(), { signal });
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
    const { dialog } = this.panel;
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
    this.panel.scroll();
  }

  private start(begin: boolean): void {
    if (!this.started) {
      this.started = true;
      void this.introduce();
      if (this.conversation.session) this.panel.restoring();
      if (!begin) this.conversation.resume();
    }
    if (begin) this.conversation.begin();
  }

  private wake(): void {
    this.pauses.wake();
    this.conversation.wake();
  }

  private async introduce(): Promise<void> {
    const signal = this.life?.signal;
    for (let attempt = 1; !signal?.aborted; attempt++) {
      try {
        return this.panel.introduce(await this.api.practice());
      } catch {
        // The chat works without: the conversation reports the trouble.
        await this.pauses.before(attempt);
      }
    }
  }

  private countUnseen(): void {
    if (this.panel.dialog.open) return;
    this.unseen++;
    this.launcher.dataset["unseen"] = String(this.unseen);
    this.launcher.setAttribute("aria-label", this.words.launcherUnread(this.unseen));
  }

  private fitSeenArea(): void {
    const seen = visualViewport;
    if (seen) this.seenArea.replaceSync(`:host{--seen-height:${seen.height}px;--seen-top:${seen.offsetTop}px}`);
  }
}
