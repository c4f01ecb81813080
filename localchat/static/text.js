// A text with Telegram's entities as DOM. Offsets count UTF-16 units, as JavaScript strings do.

import { el, icon } from "./dom.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;
const FOLDED_LINES = 3;

/** The fragment for `text`; `onCommand(text)` is called when a command in it is tapped. */
export function formatted(text, entities = [], onCommand) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, entities.map((entity) => ({ ...entity })), onCommand);
  return fragment;
}

function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  const queue = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  let afterBlock = false;
  const plain = (until, beforeBlock) => {
    let piece = text.slice(at, until);
    if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
    if (beforeBlock && piece.endsWith("\n")) piece = piece.slice(0, -1);
    if (piece) parent.append(piece);
  };
  while (queue.length) {
    const entity = queue.shift();
    const stop = Math.min(entity.offset + entity.length, end);
    if (stop <= at) continue;
    const begin = Math.max(entity.offset, at);
    const block = BLOCKS.has(entity.type);
    plain(begin, block);
    const inside = [];
    while (queue.length && queue[0].offset < stop) {
      const inner = queue.shift();
      const over = inner.offset + inner.length - stop;
      if (over > 0) queue.push({ ...inner, offset: stop, length: over });
      inside.push({ ...inner, length: Math.min(inner.length, stop - inner.offset) });
    }
    queue.sort((a, b) => a.offset - b.offset || b.length - a.length);
    const [outer, holder] = element(entity, text.slice(begin, stop), onCommand);
    fill(holder, text, begin, stop, inside, onCommand);
    parent.append(outer);
    at = stop;
    afterBlock = block;
  }
  plain(end, false);
}

/** [element to put, element that takes the text]. */
function element(entity, text, onCommand) {
  const simple = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" }[entity.type];
  if (simple) return twice(el(simple));
  switch (entity.type) {
    case "code":
      return twice(el("code", { class: "mono" }));
    case "pre": {
      const code = el("code");
      return [el("pre", {}, code), code];
    }
    case "blockquote":
      return twice(el("blockquote"));
    case "expandable_blockquote":
      return foldable();
    case "spoiler":
      return twice(spoiler());
    case "text_link":
    case "url":
    case "email":
      return twice(link(entity, text));
    case "bot_command":
      return twice(el("button", { type: "button", class: "command-link", on: { click: () => onCommand(text) } }));
    default:
      return twice(el("span"));
  }
}

const twice = (node) => [node, node];

function link(entity, text) {
  const address = entity.url || (entity.type === "email" ? `mailto:${text}` : text);
  if (!SAFE_LINK.test(address)) return el("span");
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Texto escondido, toque para ver" });
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show();
    }
  });
  return node;
}

/** A quote folded to three lines, if it is longer than that once it is on the page. */
function foldable() {
  const body = el("div", { class: "fold-text" });
  const quote = el("blockquote", { class: "fold folded" }, body);
  const toggle = el("button", { type: "button", class: "fold-toggle", "aria-expanded": "false", "aria-label": "Abrir o trecho" }, icon("down"));
  toggle.addEventListener("click", (event) => {
    event.stopPropagation();
    const folded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.setAttribute("aria-label", folded ? "Abrir o trecho" : "Fechar o trecho");
  });
  quote.addEventListener("click", (event) => {
    if (quote.classList.contains("folded") && event.target.closest("a, button") === null) toggle.click();
  });
  requestAnimationFrame(() => {
    const line = parseFloat(getComputedStyle(body).lineHeight) || 20;
    if (body.scrollHeight > line * FOLDED_LINES + 4) quote.append(toggle);
    else quote.classList.remove("folded");
  });
  return [quote, body];
}
