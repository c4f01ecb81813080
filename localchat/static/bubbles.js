// One message as a bubble with its keyboard.

import { el, icon, spoken } from "./dom.js";
import { formatted } from "./text.js";

const CLOCK = new Intl.DateTimeFormat("pt-BR", { hour: "2-digit", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat("pt-BR", { dateStyle: "long", timeStyle: "short" });
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\u{FE0F}\u{200D}\u{1F3FB}-\u{1F3FF}]*){1,3}$/u;
const PHOTO_WIDTH = 300;
const PHOTO_HEIGHT = 380;

export const fileNumber = (stored) => stored.file_id.split("-").pop();

/** One line that stands for a message: in a reply, or in a preview. */
export function summary(message) {
  if (message.text || message.caption) return (message.text || message.caption).replace(/\s+/g, " ").slice(0, 120);
  if (message.photo) return "Foto";
  if (message.document) return message.document.file_name;
  if (message.voice) return "Mensagem de voz";
  if (message.sticker) return "Figurinha";
  return message.location ? "Localização" : "Contato";
}

/**
 * The list item of a message.
 * `actions`: {command(text), tap(message, data), view(url, alt), jump(id), copy(text), waiting(id, data) -> bool, name}
 */
export function bubble(message, actions) {
  const side = message.out ? "out" : "in";
  const item = el("li", { class: `message ${side}`, data: { id: message.message_id } });
  const body = el("div", { class: "bubble" }, spoken(message.out ? "Você: " : `${actions.name}: `));
  if (message.reply_to_message) body.append(replied(message.reply_to_message, actions));
  const big = message.sticker || (message.text && ONLY_EMOJI.test(message.text));
  if (big) item.classList.add("big");
  body.append(...content(message, actions));
  const text = message.text ?? message.caption;
  const line = el("div", { class: text ? "text worded" : "text" });
  if (text) line.append(formatted(text, message.entities || message.caption_entities, actions.command));
  line.append(meta(message));
  body.append(line);
  if (message.photo && !text) item.classList.add("bare");
  item.append(body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) {
    item.classList.add("keyed");
    item.append(keyboard(message, rows, actions));
  }
  return item;
}

function replied(message, actions) {
  return el(
    "button",
    { type: "button", class: "replied", on: { click: () => actions.jump(message.message_id) } },
    el("strong", { text: message.from.is_bot ? actions.name : message.from.first_name }),
    el("span", { text: summary(message) }),
  );
}

function meta(message) {
  const node = el("span", { class: "meta" });
  const sent = new Date((message.edit_date || message.date) * 1000);
  if (message.edit_date) node.append(el("span", { class: "edited", text: "editada" }), " ");
  node.append(el("time", { datetime: sent.toISOString(), title: FULL.format(sent), text: CLOCK.format(sent) }));
  if (message.out) {
    const ticks = icon(message.seen ? "checks" : "check");
    node.append(ticks, spoken(message.seen ? ", lida pelo bot" : ", enviada"));
  }
  return node;
}

function content(message, actions) {
  if (message.photo) return [photo(message, actions)];
  if (message.document) return [attachment(message.document)];
  if (message.voice) {
    const bars = el("span", { class: "wave", "aria-hidden": "true" });
    return [el("div", { class: "card" }, el("span", { class: "card-icon" }, icon("play")), bars, el("small", { text: "0:03" }), spoken("Mensagem de voz"))];
  }
  if (message.sticker) return [el("div", { class: "sticker", role: "img", "aria-label": "Figurinha", text: message.sticker.emoji })];
  if (message.location) {
    const { latitude, longitude } = message.location;
    return [card("pin", "Localização", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`)];
  }
  if (message.contact) return [card("smile", message.contact.first_name, message.contact.phone_number)];
  return [];
}

function card(name, title, line) {
  return el(
    "div",
    { class: "card" },
    el("span", { class: "card-icon" }, icon(name)),
    el("span", { class: "card-text" }, el("strong", { text: title }), el("small", { text: line })),
  );
}

function photo(message, actions) {
  const largest = message.photo.at(-1);
  const scale = Math.min(1, PHOTO_WIDTH / largest.width, PHOTO_HEIGHT / largest.height);
  const address = `/api/file/${fileNumber(largest)}`;
  const alt = message.caption ? `Foto: ${summary(message)}` : "Foto";
  const image = el("img", {
    src: address,
    alt,
    width: Math.round(largest.width * scale),
    height: Math.round(largest.height * scale),
    loading: "lazy",
  });
  return el("button", { type: "button", class: "photo", on: { click: () => actions.view(address, alt) } }, image);
}

function attachment(stored) {
  const size = stored.file_size < 1e6 ? `${Math.max(1, Math.round(stored.file_size / 1000))} kB` : `${(stored.file_size / 1e6).toFixed(1).replace(".", ",")} MB`;
  const row = card("file", stored.file_name, size);
  const ending = stored.file_name.split(".").pop().slice(0, 4).toLowerCase();
  return el("a", { class: "attachment", href: `/api/file/${fileNumber(stored)}?download=1`, download: stored.file_name, data: { ending } }, row, spoken(", baixar"));
}

// Inline keyboards

function keyboard(message, rows, actions) {
  const keys = el("div", { class: "keys", role: "group", "aria-label": "Botões da mensagem" });
  rows.forEach((row, y) => {
    const line = el("div", { class: "keys-row" });
    row.forEach((button, x) => line.append(key(message, button, `${y}.${x}`, actions)));
    keys.append(line);
  });
  keys.addEventListener("keydown", moveByArrow);
  return keys;
}

function key(message, button, place, actions) {
  const label = el("span", { class: "key-label", text: button.text });
  const common = { class: `key ${button.style || ""}`, title: button.text.length > 14 ? button.text : undefined, data: { place } };
  if (button.url) {
    return el("a", { ...common, href: button.url, target: "_blank", rel: "noopener noreferrer" }, label, icon("link"));
  }
  if (button.copy_text) {
    return el("button", { ...common, type: "button", on: { click: () => actions.copy(button.copy_text.text) } }, label, icon("copy"));
  }
  const data = button.callback_data;
  const node = el("button", { ...common, type: "button" }, label);
  node.dataset.data = data ?? "";
  if (data === undefined) node.disabled = true;
  else {
    setWaiting(node, actions.waiting(message.message_id, data));
    node.addEventListener("click", () => actions.tap(message, data));
  }
  return node;
}

/** Show on a tapped button that the answer has not come yet. */
export function setWaiting(node, waiting) {
  node.classList.toggle("waiting", waiting);
  if (waiting) node.setAttribute("aria-busy", "true");
  else node.removeAttribute("aria-busy");
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function moveByArrow(event) {
  const step = STEPS[event.key];
  const [y, x] = (event.target.dataset.place || "").split(".").map(Number);
  if (!step || Number.isNaN(y)) return;
  const row = event.currentTarget.children[y + step[0]];
  const next = row?.children[Math.min(Math.max(x + step[1], 0), row.children.length - 1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
