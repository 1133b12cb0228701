// One way to make elements, so that texts from the wire are always texts and never markup.

/** An element with attributes (true sets, false and undefined leave out) and children (nodes or strings). */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children);
  return node;
}

/** A button that does this when it is clicked. */
export function button(text, onClick, attributes = {}) {
  const node = element("button", { type: "button", ...attributes }, text);
  node.addEventListener("click", onClick);
  return node;
}

export function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Brings an element into view if it is outside, without motion where none is wanted. */
export function reveal(node) {
  node.scrollIntoView({ block: "nearest", behavior: prefersStillness() ? "instant" : "smooth" });
}
