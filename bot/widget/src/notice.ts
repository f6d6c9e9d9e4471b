import { make } from "./dom";

/** A line about the connection or an error, with at most one way on. Present and empty when all is well. */
export class Notice {
  readonly element: HTMLElement;
  private readonly text = make("p", { role: "status" });
  private readonly button = make("button", { type: "button", class: "quiet", hidden: true });
  private action: () => void = () => undefined;

  constructor() {
    this.element = make("div", { class: "notice", part: "notice" }, this.text, this.button);
    this.button.addEventListener("click", () => this.action());
  }

  get shown(): string {
    return this.text.textContent ?? "";
  }

  show(text: string, label = "", action: () => void = () => undefined): void {
    this.element.classList.add("shown");
    if (this.shown !== text) this.text.textContent = text;
    this.button.textContent = label;
    this.button.hidden = !label;
    this.action = action;
  }

  hide(): void {
    this.element.classList.remove("shown");
    if (this.shown) this.text.textContent = "";
    this.button.textContent = "";
    this.button.hidden = true;
  }
}
