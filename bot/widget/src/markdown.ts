import { make, spoken } from "./dom";
import type { Words } from "./words";

/** A small safe part of Markdown as DOM nodes: paragraphs, line breaks, lists, bold, links. All else stays plain text. */

const LINK_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const INLINE = /\*\*(?<bold>[^*]+(?:\*[^*]+)*)\*\*|\[(?<label>[^\]\n]+)\]\((?<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)|(?<bare>https?:\/\/[^\s<>()]*[^\s<>().,;:!?*])|(?<number>(?:\(\d+\) ?|\+?)\d(?:[ .-]?\d){6,13})/g;
const ITEM = /^\s*(?:[-*•]|(?<number>\d{1,3})[.)])\s+(?<text>.*)$/;

/** Returns the address when its scheme is allowed, else null. */
export function safeAddress(target: string): string | null {
  try {
    const url = new URL(target, document.baseURI);
    return LINK_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(label: string, target: string, words: Words): Node {
  const address = target && safeAddress(target);
  if (!address) return document.createTextNode(label);
  const outside = address.startsWith("http");
  return make(
    "a",
    { href: address, rel: "noopener noreferrer", target: outside ? "_blank" : null },
    label,
    outside ? spoken(` ${words.newTab}`) : null,
  );
}

function inline(text: string, words: Words): Node[] {
  const nodes: Node[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const { bold, label, target, bare, number } = match.groups ?? {};
    nodes.push(document.createTextNode(text.slice(end, match.index)));
    if (bold !== undefined) nodes.push(make("strong", {}, ...inline(bold, words)));
    else if (number !== undefined) nodes.push(make("a", { class: "number" }, number));
    else nodes.push(link(label ?? bare ?? "", target ?? bare ?? "", words));
    end = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(text.slice(end)));
  return nodes;
}

/** Returns the blocks of a text of the bot. Telephone numbers become links without an address yet. */
export function markdown(text: string, words: Words): DocumentFragment {
  const result = document.createDocumentFragment();
  let block: HTMLElement | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) {
      block = undefined;
      continue;
    }
    const item = ITEM.exec(line)?.groups;
    const start = item?.["number"] ?? null;
    const tag = item ? (start ? "ol" : "ul") : "p";
    if (block?.localName !== tag) result.append((block = make(tag, { start })));
    else if (!item) block.append(make("br"));
    if (item) block.append(make("li", {}, ...inline(item["text"] ?? "", words)));
    else block.append(...inline(line, words));
  }
  return result;
}

/** Returns a visitor's text as it was written: no markup, line breaks kept. */
export function plain(text: string): HTMLElement {
  return make("p", { class: "plain" }, text);
}
