// The conversation: keeps the list of bubbles in step with the messages, and the reader's place in it.

import { bubble, setWaiting } from "./bubbles.js";
import { byId, el } from "./dom.js";

const NEAR_END = 90;
const GROUP_SECONDS = 300;
const SCROLLING_MS = 1000;
const DAY = new Intl.DateTimeFormat("pt-BR", { day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("pt-BR", { day: "numeric", month: "long", year: "numeric" });

export class Log {
  /** `actions` as in bubbles.js, and `more(id)`, which gets messages before `id`. */
  constructor(actions) {
    this.actions = actions;
    this.box = byId("log");
    this.list = byId("messages");
    this.down = byId("down");
    this.messages = new Map();
    this.unread = 0;
    this.hasMore = false;
    this.box.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.down.addEventListener("click", () => this.toEnd(true));
    // bubbles grow after they are put (pictures, folded quotes, keyboards of the phone): the end stays in sight
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.box);
    this.stuck = true;
    this.lastTop = 0;
  }

  get empty() {
    return this.messages.size === 0;
  }

  last() {
    return [...this.messages.values()].at(-1);
  }

  /** Show these messages, keeping the bubbles that are already right (also after a reconnection). */
  reset(messages, hasMore) {
    this.hasMore = hasMore;
    const fresh = new Set(messages.map((message) => message.message_id));
    const oldest = messages[0]?.message_id ?? Infinity;
    this.remove([...this.messages.keys()].filter((id) => !fresh.has(id) && (id > oldest || !hasMore)));
    for (const message of messages) {
      const known = this.messages.get(message.message_id);
      if (!known || JSON.stringify(known) !== JSON.stringify(message)) this.put(message, true);
    }
    this.arrange();
  }

  /** Add a message, or put its new version in the place of the old one. */
  put(message, quiet = false) {
    const id = message.message_id;
    const old = this.item(id);
    const node = bubble(message, this.actions);
    if (old) {
      const held = old.contains(document.activeElement) ? document.activeElement.dataset.place : undefined;
      old.replaceWith(node);
      if (held !== undefined) focusKey(node, held);
      this.messages.set(id, message);
    } else {
      this.messages.set(id, message);
      if (!quiet) node.classList.add("fresh");
      this.list.append(node);
      if (!quiet) this.noticed(message);
    }
    if (!quiet) this.arrange();
  }

  noticed(message) {
    if (message.out) this.stuck = true;
    if (this.stuck) requestAnimationFrame(() => this.toEnd());
    else {
      this.unread += 1;
      this.showDown();
    }
  }

  remove(ids) {
    for (const id of ids) {
      this.messages.delete(id);
      this.item(id)?.remove();
    }
    this.arrange();
  }

  item(id) {
    return this.list.querySelector(`[data-id="${id}"]`);
  }

  /** Set or clear the spinner of a button. */
  wait(id, data, waiting) {
    for (const node of this.item(id)?.querySelectorAll(".key") ?? []) {
      if (node.dataset.data === data) setWaiting(node, waiting);
    }
  }

  /** Date lines, and which bubbles belong together (a tail only on the last of a group). */
  arrange() {
    for (const line of this.list.querySelectorAll(".day")) line.remove();
    let before = null;
    for (const message of this.messages.values()) {
      const node = this.item(message.message_id);
      const newDay = !before || dayOf(before) !== dayOf(message);
      if (newDay) node.before(el("li", { class: "day" }, el("span", { text: dayName(message) })));
      const joins = !newDay && before.number === message.number && message.date - before.date < GROUP_SECONDS;
      node.classList.toggle("joins", joins);
      if (before) this.item(before.message_id).classList.toggle("tailed", !joins);
      before = message;
    }
    if (before) this.item(before.message_id).classList.add("tailed");
  }

  // The reader's place

  onScroll() {
    this.box.classList.add("scrolling");
    clearTimeout(this.calming);
    this.calming = setTimeout(() => this.box.classList.remove("scrolling"), SCROLLING_MS);
    this.markStuckDays();
    // only a reader who goes up leaves the end; messages that come faster than we scroll do not count
    if (this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_END) this.stuck = true;
    else if (this.box.scrollTop < this.lastTop - 1) this.stuck = false;
    this.lastTop = this.box.scrollTop;
    if (this.stuck) this.unread = 0;
    this.showDown();
    if (this.hasMore && this.box.scrollTop < 300) this.fetchEarlier();
  }

  /** A date line that stays on top while its messages pass under it shows only while they move. */
  markStuckDays() {
    for (const line of this.list.querySelectorAll(".day")) {
      const under = line.nextElementSibling;
      line.classList.toggle("stuck", Boolean(under) && under.offsetTop < line.offsetTop + line.offsetHeight);
    }
  }

  showDown() {
    const away = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight > NEAR_END * 2;
    this.down.hidden = !away && this.unread === 0;
    const badge = byId("unread");
    badge.hidden = this.unread === 0;
    badge.textContent = this.unread;
    this.down.setAttribute("aria-label", this.unread ? `Ir para o fim, ${this.unread} não lidas` : "Ir para o fim da conversa");
  }

  toEnd(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.box.scrollTo({ top: this.box.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    this.unread = 0;
    this.showDown();
  }

  jump(id) {
    const node = this.item(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1200);
  }

  async fetchEarlier() {
    this.hasMore = false;
    const page = await this.actions.more(this.messages.keys().next().value);
    const bottom = this.box.scrollHeight - this.box.scrollTop;
    const nodes = page.messages.map((message) => bubble(message, this.actions));
    this.list.prepend(...nodes);
    this.messages = new Map([...page.messages.map((message) => [message.message_id, message]), ...this.messages]);
    this.arrange();
    this.box.scrollTop = this.box.scrollHeight - bottom;
    this.hasMore = page.more;
  }
}

function focusKey(node, place) {
  const [y] = place.split(".");
  const key = node.querySelector(`[data-place="${place}"]`) || node.querySelector(`[data-place^="${y}."]`) || node.querySelector(".key");
  (key || byId("text")).focus({ preventScroll: true });
}

const dayOf = (message) => new Date(message.date * 1000).toDateString();

function dayName(message) {
  const date = new Date(message.date * 1000);
  const now = new Date();
  if (date.toDateString() === now.toDateString()) return "Hoje";
  if (date.toDateString() === new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString()) return "Ontem";
  return (date.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR).format(date);
}
