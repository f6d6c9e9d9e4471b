import { icon, make, spoken } from "./dom";
import { MOST_CHARACTERS } from "./protocol";
import type { Words } from "./words";

const MOST_ROWS = 5;
const WARN_BELOW = 100;
const COUNT_FROM = 500;

/** Where the visitor writes. Too long a text is kept and counted, never cut. */
export class Composer {
  readonly form: HTMLFormElement;
  readonly field: HTMLTextAreaElement;
  private readonly button: HTMLButtonElement;
  private readonly counter = make("p", { class: "counter", id: "counter" });
  private readonly warning = make("p", { class: "warning", role: "status" });

  constructor(
    private readonly words: Words,
    private readonly submit: (text: string) => void,
  ) {
    const attributes = { id: "message", rows: "1", placeholder: words.placeholder, "aria-describedby": "counter", part: "input" };
    this.field = make("textarea", { ...attributes, enterkeyhint: "send", autocomplete: "off" });
    this.button = make("button", { type: "submit", class: "send", part: "send" }, icon("send"), spoken(words.send));
    const label = make("label", { for: "message", class: "spoken" }, words.message);
    const row = make("div", { class: "row" }, this.field, this.button);
    this.form = make("form", { class: "composer" }, label, row, make("div", { class: "below" }, this.warning, this.counter));
    this.form.noValidate = true;
    this.listen();
    this.update();
  }

  /** Puts a text into the empty field. */
  fill(text: string): void {
    if (!this.field.value) this.field.value = text;
    this.update();
  }

  private listen(): void {
    this.field.addEventListener("input", () => this.update());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (!text || this.over() > 0) return;
      this.field.value = "";
      this.update();
      this.submit(text);
      this.field.focus();
    });
  }

  /** Characters above the limit; negative: characters left. The server counts code points too. */
  private over(): number {
    return [...this.field.value.trim()].length - MOST_CHARACTERS;
  }

  private update(): void {
    const over = this.over();
    const used = over + MOST_CHARACTERS;
    this.counter.textContent = used < COUNT_FROM ? "" : this.words.counter(used, MOST_CHARACTERS);
    const near = over > -WARN_BELOW ? this.words.nearLimit(-over) : "";
    this.warning.textContent = over > 0 ? this.words.tooLong(over) : near;
    this.form.classList.toggle("over", over > 0);
    this.field.setAttribute("aria-invalid", String(over > 0));
    this.button.setAttribute("aria-disabled", String(over > 0 || over === -MOST_CHARACTERS));
    this.grow();
  }

  private grow(): void {
    this.field.rows = 1;
    while (this.field.rows < MOST_ROWS && this.field.scrollHeight > this.field.clientHeight) this.field.rows++;
  }
}
