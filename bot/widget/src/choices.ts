import { make } from "./dom";
import type { Answer, Choice, ChatEvent } from "./protocol";
import type { Words } from "./words";

/**
 * The possible answers to the newest question, under the log so that they are not announced with it.
 * They stay until the visitor answers in any way, and are then shown as closed until the bot goes on.
 */
export class Choices {
  readonly element = make("div", { class: "choices", role: "group", hidden: true, part: "choices" });

  constructor(
    private readonly words: Words,
    private readonly answer: (answer: Answer, text: string) => void,
  ) {
    this.element.setAttribute("aria-label", words.choices);
  }

  offer({ choices, many, open }: ChatEvent): void {
    if (!choices.length || !open) return;
    this.clear();
    this.element.setAttribute("aria-label", many ? this.words.chooseMany : this.words.choices);
    this.element.append(...(many ? this.boxes(choices) : choices.map((choice) => this.button(choice))));
    this.element.hidden = false;
  }

  close(): void {
    for (const field of this.element.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")) {
      field.disabled = true;
    }
  }

  /** Removes answers that can no longer be given. */
  clearClosed(): void {
    if (this.element.querySelector(":disabled")) this.clear();
  }

  clear(): void {
    this.element.replaceChildren();
    this.element.hidden = true;
  }

  private button({ id, label }: Choice): HTMLElement {
    const button = make("button", { type: "button", class: "choice", part: "choice" }, label);
    button.addEventListener("click", () => {
      button.classList.add("chosen");
      this.answer({ choice: id }, label);
    });
    return button;
  }

  private boxes(choices: readonly Choice[]): HTMLElement[] {
    const boxes = choices.map((choice) => ({ ...choice, box: make("input", { type: "checkbox" }) }));
    const ticked = () => boxes.filter(({ box }) => box.checked);
    const send = make("button", { type: "button", class: "send-choices", "aria-disabled": "true" }, this.words.sendChoices);
    send.addEventListener("click", () => {
      const chosen = ticked();
      if (chosen.length) this.answer({ choices: chosen.map(({ id }) => id) }, chosen.map(({ label }) => label).join(", "));
    });
    const rows = boxes.map(({ box, label }) => make("label", { class: "tick", part: "choice" }, box, make("span", {}, label)));
    for (const { box, alone } of boxes) {
      box.addEventListener("change", () => {
        for (const other of boxes) if (box.checked && other.box !== box && (alone || other.alone)) other.box.checked = false;
        send.setAttribute("aria-disabled", String(!ticked().length));
      });
    }
    return [make("p", { class: "hint", "aria-hidden": "true" }, this.words.chooseMany), ...rows, send];
  }
}
