import { icon, make, spoken } from "./dom";
import { markdown, plain } from "./markdown";
import type { ChatEvent } from "./protocol";
import type { Words } from "./words";

/** Returns what the bot said. `emergency`, `same_day` and `booked` look like nothing else in the chat. */
export function botBubble(event: Pick<ChatEvent, "text" | "kind">, words: Words): HTMLElement {
  const bubble = make("div", { class: `bubble bot ${event.kind}`, part: "bubble" }, spoken(`${words.bot} `));
  if (event.kind === "emergency") {
    // The call comes first: on a small screen the end of the text may be out of view.
    bubble.append(title("alarm", words.emergencyTitle), make("a", { class: "call", hidden: true }), markdown(event.text, words));
  } else if (event.kind === "same_day") {
    bubble.append(title("alarm", words.sameDayTitle), markdown(event.text, words));
  } else if (event.kind === "booked") {
    bubble.append(title("check", words.bookedTitle), markdown(event.text, words));
  } else {
    bubble.append(markdown(event.text, words));
  }
  return bubble;
}

/** Returns what the visitor said. `state` is shown under it by the style sheet, so that it is not announced. */
export function visitorBubble(text: string, words: Words): HTMLElement {
  return make("div", { class: "bubble visitor", part: "bubble" }, spoken(`${words.you} `), plain(text));
}

function title(name: "alarm" | "check", text: string): HTMLElement {
  return make("p", { class: "title" }, icon(name), make("strong", {}, text));
}
