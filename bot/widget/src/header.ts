import { icon, make, spoken } from "./dom";
import type { Practice } from "./protocol";
import type { Words } from "./words";

interface Actions {
  readonly close: () => void;
  readonly startOver: () => void;
  readonly erase: () => void;
}

/** The top of the panel: whose chat it is, that it is automated, the telephone, and the menu. */
export class Header {
  readonly element: HTMLElement;
  private readonly name = make("h2", { class: "name" });
  private readonly phone = make("a", { class: "phone", hidden: true, part: "phone" });
  private readonly emergency = make("span");
  private readonly menuButton: HTMLButtonElement;
  private readonly menu: HTMLElement;
  /** Lies partly under the open menu. */
  private readonly strip: HTMLElement;

  constructor(
    private readonly words: Words,
    actions: Actions,
  ) {
    this.name.textContent = words.assistant;
    const item = (text: string, act: () => void) => {
      const button = make("button", { type: "button" }, text);
      button.addEventListener("click", () => {
        this.closeMenu();
        act();
      });
      return make("li", {}, button);
    };
    this.menu = make("ul", { class: "menu", id: "menu", hidden: true }, item(words.startOver, actions.startOver), item(words.erase, actions.erase));
    this.menuButton = this.round("more", words.menu);
    this.menuButton.setAttribute("aria-expanded", "false");
    this.menuButton.setAttribute("aria-controls", "menu");
    this.menuButton.addEventListener("click", () => (this.menuOpen ? this.closeMenu() : this.openMenu()));
    const close = this.round("close", words.close);
    close.addEventListener("click", actions.close);
    const badge = make("span", { class: "badge" }, icon("foot"));
    const bar = make("div", { class: "bar" }, badge, this.name, this.menuButton, this.menu, close);
    const facts = make("p", { class: "facts" }, words.automated, " ", this.emergency);
    this.strip = make("div", { class: "strip" }, facts, this.phone);
    this.element = make("div", { class: "header", part: "header" }, bar, this.strip);
  }

  get menuOpen(): boolean {
    return !this.menu.hidden;
  }

  introduce({ name, phone, phone_e164, emergency_number: number }: Practice): void {
    this.name.textContent = name;
    this.emergency.textContent = this.words.inEmergency(number);
    this.phone.href = `tel:${phone_e164}`;
    this.phone.setAttribute("aria-label", this.words.callPractice(phone));
    // A second spelling in brackets does not fit on the button.
    this.phone.replaceChildren(icon("phone"), phone.replace(/\s+\([^)]*\)$/, ""));
    this.phone.hidden = false;
  }

  closeMenu(): void {
    this.menu.hidden = true;
    this.strip.inert = false;
    this.menuButton.setAttribute("aria-expanded", "false");
  }

  /** Closes the menu and goes back to its button. */
  leaveMenu(): void {
    this.closeMenu();
    this.menuButton.focus();
  }

  private openMenu(): void {
    this.menu.hidden = false;
    this.strip.inert = true;
    this.menuButton.setAttribute("aria-expanded", "true");
    this.menu.querySelector("button")?.focus();
  }

  private round(name: "more" | "close", label: string): HTMLButtonElement {
    return make("button", { type: "button", class: `round ${name}-button` }, icon(name), spoken(label));
  }
}
