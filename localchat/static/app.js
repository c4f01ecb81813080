// Wires the page: events of the local chat in, acts of the person out.

import { Composer } from "./composer.js";
import { summary } from "./bubbles.js";
import { byId } from "./dom.js";
import { pickFile, watchFiles } from "./files.js";
import { Log } from "./log.js";
import { act, earlier, listen, userNumber } from "./net.js";
import { alertBox, closeMenu, openMenu, setTheme, theme, toast } from "./popup.js";

const state = { bot: { name: "Cardápio", commands: [] }, blocked: false, action: null, taps: new Map(), people: [], online: false };
const ACTIONS = {
  typing: "digitando",
  upload_document: "enviando arquivo",
  upload_photo: "enviando foto",
  record_voice: "gravando áudio",
  upload_voice: "enviando áudio",
  choose_sticker: "escolhendo figurinha",
  find_location: "procurando o lugar",
};
const TAP_SECONDS = 60;
let actionTimer;

async function attempt(doing) {
  try {
    return await doing();
  } catch (error) {
    toast(`Não deu certo: ${error.message}`);
    return null;
  }
}

const send = (text, replyTo) => attempt(() => act("send", { text, reply_to: replyTo }));
const tapKey = (id, data) => `${id} ${data}`;

const log = new Log({
  get name() {
    return state.bot.name;
  },
  command: (text) => send(text),
  tap: (message, data) => {
    if (state.taps.has(tapKey(message.message_id, data))) return;
    waiting(message.message_id, data, true);
    attempt(() => act("tap", { message_id: message.message_id, data })).then((done) => {
      if (!done) waiting(message.message_id, data, false);
    });
  },
  waiting: (id, data) => state.taps.has(tapKey(id, data)),
  view: (address, alt) => {
    Object.assign(byId("viewer-image"), { src: address, alt });
    byId("viewer").showModal();
  },
  jump: (id) => log.jump(id),
  copy: (text) => attempt(async () => {
    await navigator.clipboard.writeText(text);
    toast("Copiado.");
  }),
  more: earlier,
});

const composer = new Composer({
  send,
  edit: (id, text) => attempt(() => act("edit", { message_id: id, text })),
  start: () => send("/start").then(() => byId("text").focus()),
  unblock: () => attempt(() => act("block", { blocked: false })),
  name: () => state.bot.name,
});

function waiting(id, data, on) {
  const key = tapKey(id, data);
  clearTimeout(state.taps.get(key));
  if (on) state.taps.set(key, setTimeout(() => waiting(id, data, false), TAP_SECONDS * 1000));
  else state.taps.delete(key);
  log.wait(id, data, on);
}

// What the local chat tells

const heard = {
  look(event) {
    Object.assign(state, { blocked: event.blocked, people: event.people });
    for (const timer of state.taps.values()) clearTimeout(timer);
    state.taps.clear();
    showBot(event.bot);
    log.reset(event.messages, event.more);
    for (const tap of event.taps) waiting(tap.message_id, tap.data, true);
    const me = event.user;
    byId("people").textContent = me.first_name[0];
    byId("people").setAttribute("aria-label", `Você é ${me.first_name}. Trocar de pessoa`);
    byId("people").dataset.tint = me.number % 6;
    setAction(event.action, event.action_seconds);
    settle();
    log.toEnd();
    requestAnimationFrame(() => byId("log").setAttribute("aria-live", "polite"));
  },
  message({ message }) {
    log.put(message);
    if (!message.out) {
      setAction(null);
      if (document.hidden) document.title = `● ${summary(message).slice(0, 40)}`;
    }
    settle();
  },
  edit({ message }) {
    log.put(message);
    settle();
  },
  delete({ ids }) {
    log.remove(ids);
    settle();
  },
  action({ action, seconds }) {
    setAction(action, seconds);
  },
  tap({ message_id: id, data }) {
    waiting(id, data, true);
  },
  answer({ message_id: id, data, text, alert }) {
    waiting(id, data, false);
    if (text) (alert ? alertBox : toast)(text);
  },
  blocked({ blocked }) {
    state.blocked = blocked;
    settle();
  },
  bot({ bot }) {
    showBot(bot);
    settle();
  },
};

function showBot(bot) {
  state.bot = bot;
  byId("bot-name").textContent = bot.name;
  byId("description").textContent = bot.description || bot.short_description || "O bot ainda não se apresentou. Inicie o bot neste computador.";
  document.title = `${bot.name} · chat local`;
  composer.setCommands(bot.commands, bot.menu_button);
}

/** What depends on the whole state: the bottom of the screen, the welcome card, the line under the name. */
function settle() {
  byId("welcome").hidden = !log.empty;
  composer.mode(state.blocked ? "blocked" : log.empty ? "start" : "write");
  if (!state.blocked && !log.empty) composer.follow(log.messages.values());
  showStatus();
}

function showStatus() {
  const status = byId("status");
  const acting = state.action && (ACTIONS[state.action] || "ocupado");
  status.classList.toggle("acting", Boolean(acting) && state.online);
  if (!state.online) status.textContent = "conectando…";
  else if (state.blocked) status.textContent = "bloqueado";
  else status.textContent = acting || "bot";
}

function setAction(action, seconds = 0) {
  clearTimeout(actionTimer);
  state.action = action;
  if (action) actionTimer = setTimeout(() => setAction(null), seconds * 1000);
  showStatus();
}

// Menus

byId("people").addEventListener("click", (event) => {
  const items = state.people.map(({ number, name }) => ({
    text: name,
    hint: `pessoa ${number}`,
    checked: number === userNumber,
    act: () => location.assign(`/?user=${number}`),
  }));
  openMenu(items, event.currentTarget);
});

byId("more").addEventListener("click", (event) => {
  const themes = [["auto", "Tema do sistema"], ["light", "Tema claro"], ["dark", "Tema escuro"]];
  openMenu(
    [
      ...themes.map(([name, text]) => ({ text, checked: theme() === name, act: () => setTheme(name) })),
      { text: "Limpar conversa", act: () => attempt(() => act("clear")) },
      state.blocked
        ? { text: "Desbloquear bot", act: () => attempt(() => act("block", { blocked: false })) }
        : { text: "Bloquear bot", danger: true, act: () => attempt(() => act("block", { blocked: true })) },
    ],
    event.currentTarget,
  );
});

byId("attach").addEventListener("click", (event) => {
  const special = (kind) => () => attempt(() => act("special", { kind }));
  openMenu(
    [
      { text: "Foto", icon: "photo", act: () => pickFile("photo") },
      { text: "Arquivo", icon: "file", act: () => pickFile("document") },
      { text: "Localização", hint: "São Paulo", icon: "pin", act: special("location") },
      { text: "Áudio", hint: "de teste", icon: "mic", act: special("voice") },
      { text: "Figurinha", icon: "smile", act: special("sticker") },
    ],
    event.currentTarget,
  );
});

byId("messages").addEventListener("contextmenu", (event) => {
  const item = event.target.closest(".message");
  const message = item && log.messages.get(Number(item.dataset.id));
  if (!message || event.target.closest("a, img")) return;
  event.preventDefault();
  const text = message.text ?? message.caption;
  const items = [{ text: "Responder", act: () => composer.quote(message) }];
  if (text) items.push({ text: "Copiar texto", act: () => navigator.clipboard.writeText(text) });
  if (message.out && message.text) items.push({ text: "Editar", act: () => composer.quote(message, true) });
  openMenu(items, event);
});

byId("about").addEventListener("click", () => {
  byId("profile-name").textContent = state.bot.name;
  byId("profile-user").textContent = `@${state.bot.username}`;
  byId("profile-text").textContent = state.bot.short_description || state.bot.description;
  byId("profile").showModal();
});

// Writing starts by itself, wherever the focus is
document.addEventListener("keydown", (event) => {
  const typing = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  const busy = document.querySelector("dialog[open]") || !byId("popup").hidden;
  if (typing && !busy && !/^(TEXTAREA|INPUT)$/.test(document.activeElement.tagName)) byId("text").focus();
  if (event.key === "Escape" && !busy) byId("text").focus();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = `${state.bot.name} · chat local`;
});
addEventListener("resize", () => closeMenu());

watchFiles(attempt);
listen(
  (event) => heard[event.type]?.(event),
  (online) => {
    state.online = online;
    showStatus();
  },
);
