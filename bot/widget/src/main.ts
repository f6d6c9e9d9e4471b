import { InstepChat } from "./element";

/** One script tag is all a page needs: it registers the element and adds one when the page has none. */

const NAME = "instep-chat";
const script = document.currentScript ?? document.querySelector<HTMLScriptElement>('script[src*="widget.js"]');

function place(): void {
  if (document.querySelector(NAME)) return;
  const chat = document.createElement(NAME);
  if (script instanceof HTMLElement) Object.assign(chat.dataset, script.dataset);
  document.body.append(chat);
}

if (!customElements.get(NAME)) {
  if (script instanceof HTMLScriptElement && script.src) InstepChat.scriptOrigin = new URL(script.src).origin;
  customElements.define(NAME, InstepChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true });
  else place();
}
