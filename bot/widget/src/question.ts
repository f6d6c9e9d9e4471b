import { make } from "./dom";

/** Asks yes or no over the panel, which rests meanwhile. Resolves to false on Escape. */
export class Question {
  readonly element = make("div", { class: "question", role: "alertdialog", "aria-labelledby": "asked", "aria-describedby": "asked-more", hidden: true });
  private settle: (yes: boolean) => void = () => undefined;

  get open(): boolean {
    return !this.element.hidden;
  }

  async ask(texts: { title: string; more: string; yes: string; no: string; grave: boolean }, behind: readonly HTMLElement[]): Promise<boolean> {
    const yes = make("button", { type: "button", class: texts.grave ? "yes grave" : "yes" }, texts.yes);
    const no = make("button", { type: "button", class: "quiet" }, texts.no);
    yes.addEventListener("click", () => this.settle(true));
    no.addEventListener("click", () => this.settle(false));
    const title = make("h2", { id: "asked" }, texts.title);
    const card = make("div", { class: "card" }, title, make("p", { id: "asked-more" }, texts.more), make("div", { class: "row" }, no, yes));
    this.element.replaceChildren(card);
    this.element.hidden = false;
    for (const part of behind) part.inert = true;
    no.focus();
    const answer = await new Promise<boolean>((resolve) => (this.settle = resolve));
    for (const part of behind) part.inert = false;
    this.element.hidden = true;
    return answer;
  }

  cancel(): void {
    this.settle(false);
  }
}
