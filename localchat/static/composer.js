// Where the person writes: text, commands, files, and the keyboards a bot can put there.

import { summary } from "./bubbles.js";
import { byId, el, icon } from "./dom.js";

export class Composer {
  /** `actions`: {send(text, replyTo), edit(id, text), start(), unblock(), name()} */
  constructor(actions) {
    this.actions = actions;
    this.text = byId("text");
    this.list = byId("commands");
    this.menu = byId("menu-button");
    this.commands = [];
    this.quoted = null;
    this.shown = [];
    this.at = -1;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("input", () => this.onInput());
    this.text.addEventListener("keydown", (event) => this.onKey(event));
    this.menu.addEventListener("click", () => this.toggleMenu());
    byId("start").addEventListener("click", () => actions.start());
    byId("unblock").addEventListener("click", () => actions.unblock());
    byId("quoting-stop").addEventListener("click", () => this.quote(null));
    document.addEventListener("click", (event) => {
      if (!event.composedPath().includes(byId("foot"))) this.close();
    });
    this.onInput();
  }

  /** What fits the moment: the start button, the unblock button, or the text field. */
  mode(mode) {
    byId("start").hidden = mode !== "start";
    byId("unblock").hidden = mode !== "blocked";
    byId("composer").hidden = mode !== "write";
    if (mode !== "write") byId("reply-keys").hidden = true;
  }

  setCommands(commands, menuButton) {
    this.commands = commands;
    this.menu.hidden = commands.length === 0 || menuButton.type === "web_app";
  }

  submit() {
    const text = this.text.value.trim();
    if (!text) return;
    const quoted = this.quoted;
    this.text.value = "";
    this.quote(null);
    this.onInput();
    if (quoted?.editing) this.actions.edit(quoted.message_id, text);
    else this.actions.send(text, quoted?.message_id);
  }

  onInput() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 140)}px`;
    byId("send").classList.toggle("ready", this.text.value.trim() !== "");
    const typed = /^\/(\w*)$/.exec(this.text.value);
    if (typed) this.open(this.commands.filter((item) => item.command.startsWith(typed[1].toLowerCase())));
    else this.close();
  }

  onKey(event) {
    if (!this.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.mark((this.at + (event.key === "ArrowDown" ? 1 : -1) + this.shown.length) % this.shown.length);
    } else if (!this.list.hidden && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.text.value = `/${this.shown[Math.max(this.at, 0)].command}`;
      this.onInput();
    } else if (event.key === "Escape") {
      this.close();
      this.quote(null);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!this.list.hidden && this.at >= 0) this.choose(this.shown[this.at]);
      else this.submit();
    }
  }

  // Commands

  toggleMenu() {
    if (!this.list.hidden) return this.close();
    this.open(this.commands);
    this.text.focus();
    return undefined;
  }

  open(commands) {
    if (!commands.length) return this.close();
    this.shown = commands;
    this.list.replaceChildren(
      ...commands.map((item, index) =>
        el(
          "li",
          { role: "option", id: `command-${index}`, "aria-selected": "false", on: { click: () => this.choose(item) } },
          el("span", { class: "command-text", text: item.description }),
          el("span", { class: "command-name", text: `/${item.command}` }),
        ),
      ),
    );
    this.list.hidden = false;
    this.opened(true);
    this.mark(this.text.value.length > 1 ? 0 : -1);
    return undefined;
  }

  mark(index) {
    this.at = index;
    [...this.list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === index)));
    if (index < 0) this.text.removeAttribute("aria-activedescendant");
    else {
      this.text.setAttribute("aria-activedescendant", `command-${index}`);
      this.list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  choose(item) {
    this.text.value = "";
    this.onInput();
    this.actions.send(`/${item.command}`);
  }

  close() {
    this.list.hidden = true;
    this.at = -1;
    this.text.removeAttribute("aria-activedescendant");
    this.opened(false);
  }

  opened(open) {
    this.menu.setAttribute("aria-expanded", String(open));
    this.text.setAttribute("aria-expanded", String(open));
    this.menu.replaceChildren(icon(open ? "close" : "menu"), el("span", { text: "Menu" }));
  }

  // Replies and keyboards of the bot

  /** Answer a message, or edit an own one (`editing`); null ends it. */
  quote(message, editing = false) {
    this.quoted = message && { ...message, editing };
    byId("quoting").hidden = !message;
    if (!message) return;
    byId("quoting-title").textContent = editing ? "Editar mensagem" : message.out ? "Você" : this.actions.name();
    byId("quoting-preview").textContent = summary(message);
    if (editing) this.text.value = message.text;
    this.onInput();
    this.text.focus();
  }

  /** Follow the reply keyboards and forced replies of the bot's messages, oldest first. */
  follow(messages) {
    let keyboard = null;
    let forced = null;
    for (const message of messages) {
      const markup = message.reply_markup;
      if (message.out) {
        forced = null;
        if (keyboard?.one_time_keyboard) keyboard = null;
      } else if (markup?.keyboard) keyboard = markup;
      else if (markup?.remove_keyboard) keyboard = null;
      else if (markup?.force_reply) forced = message;
    }
    this.text.placeholder = (forced?.reply_markup ?? keyboard)?.input_field_placeholder || "Mensagem";
    if (forced && this.quoted?.message_id !== forced.message_id) this.quote(forced);
    this.showKeyboard(keyboard);
  }

  showKeyboard(keyboard) {
    const box = byId("reply-keys");
    const rows = (keyboard?.keyboard ?? []).map((row) =>
      el(
        "div",
        { class: "keys-row" },
        ...row.map((button) =>
          el(
            "button",
            { type: "button", class: "key", on: { click: () => this.actions.send(button.text) } },
            el("span", { class: "key-label", text: button.text }),
          ),
        ),
      ),
    );
    box.replaceChildren(...rows);
    box.hidden = rows.length === 0;
  }
}
