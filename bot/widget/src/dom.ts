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
  foot: "M8.2 21c-2 0-3.2-1.500-3.200-3.300 0-2.400 1.500-3.400 1.500-5.700 0-1.600-.8-2.600-.8-4.300C5.700 5.200 7.600 3.500 10 3.500c2.700 0 4.300 2 4.300 4.600 0 3.400-2.700 4.700-2.700 8.100 0 2.800-1 4.800-3.400 4.800ZM17 6.200v.1M18.700 9v.1M19.200 12v.1",
  phone: "M6.500 3.500h3l1.500 4-2 1.500a12 12 0 0 0 6 6l1.500-2 4 1.500v3a2 2 0 0 1-2.200 2A17 17 0 0 1 4.500 5.700a2 2 0 0 1 2-2.200Z",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  send: "M4 12 20 4.500 15.500 20l-3.800-6.200L4 12Zm7.700 1.800L20 4.500",
  alarm: "M12 3.500 22 20.500H2L12 3.500ZM12 10v5M12 17.700v.01",
  check: "M4.500 12.500l5 5 10-11",
} as const;

/** Returns a decorative line icon, 24 x 24 units, in the colour of the text around it. */
export function icon(name: keyof typeof PATHS): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", `icon ${name}`], ["aria-hidden", "true"]] as const) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
