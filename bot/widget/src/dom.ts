/** Builds elements without HTML strings, so that no text can become markup. */

type Child = Node | string | null;

/** Returns a new element with these attributes (true: present and empty; null or false: absent) and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | null>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Returns text that only assistive technology reads. */
export function spoken(text: string): HTMLElement {
  return make("span", { class: "spoken" }, text);
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  chat: "M4 5.5h16a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-8L7 21.5v-4H4A1.5 1.5 0 0 1 2.5 16V7A1.5 1.5 0 0 1 4 5.5ZM7.5 10h9M7.5 13.5h6",
  foot: "M5.2 10.8C5.2 8.3 7.3 7 10.3 7.2c3.7.2 7.3 2.4 7.3 5.2 0 2.2-1.7 3-2.3 4.8-.6 2.1-.4 4.8-3.4 4.8-2.7 0-3.3-2.2-3.7-4.8C7.8 14.6 5.2 13.6 5.2 10.8ZM5.2 4.2a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0ZM10.2 3.7a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0ZM13.7 4.7a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0ZM16.5 6.5a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0-2.2 0ZM18.3 9a1 1 0 1 0 2 0a1 1 0 1 0-2 0Z",
  phone: "M6.5 3.5h3l1.5 4-2 1.5a12 12 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2Z",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  send: "M4 12 20 4.5 15.5 20l-3.8-6.2L4 12Zm7.7 1.8L20 4.5",
  alarm: "M12 3.5 22 20.5H2L12 3.5ZM12 10v5M12 17.7v.01",
  check: "M4.5 12.5l5 5 10-11",
} as const;

/** Returns a decorative line icon, 24 x 24 units, in the colour of the text around it. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", `icon icon-${name}`], ["aria-hidden", "true"]] as const) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
