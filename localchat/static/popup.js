// Menus that drop from a button or open at a place, toasts, and the theme.

import { byId, el, icon } from "./dom.js";

const popup = byId("popup");
let opener = null;

/** Open a menu: `items` are {text, hint?, icon?, checked?, danger?, act}; `at` a button, or a mouse event. */
export function openMenu(items, at) {
  const again = opener !== null && opener === at;
  closeMenu();
  if (again) return;
  const nodes = items.map((item) =>
    el(
      "button",
      {
        type: "button",
        role: item.checked === undefined ? "menuitem" : "menuitemradio",
        "aria-checked": item.checked === undefined ? undefined : String(item.checked),
        class: item.danger ? "danger" : undefined,
        on: {
          click: () => {
            closeMenu(true);
            item.act();
          },
        },
      },
      item.icon ? icon(item.icon) : null,
      el("span", { text: item.text }),
      item.hint ? el("small", { text: item.hint }) : null,
      item.checked ? icon("check") : null,
    ),
  );
  popup.replaceChildren(...nodes);
  popup.hidden = false;
  place(at);
  if (at instanceof Element) {
    opener = at;
    at.setAttribute("aria-expanded", "true");
  }
  nodes[0].focus({ preventScroll: true });
}

function place(at) {
  const frame = byId("phone").getBoundingClientRect();
  const box = popup.getBoundingClientRect();
  const target = at instanceof Element ? at.getBoundingClientRect() : { left: at.clientX, right: at.clientX, top: at.clientY, bottom: at.clientY };
  const below = target.bottom + box.height + 8 < frame.bottom;
  const left = Math.min(Math.max(target.right - box.width, frame.left + 8), frame.right - box.width - 8);
  popup.style.left = `${left - frame.left}px`;
  popup.style.top = `${Math.max(8, (below ? target.bottom + 4 : target.top - box.height - 4) - frame.top)}px`;
}

export function closeMenu(refocus = false) {
  if (popup.hidden) return;
  popup.hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  if (refocus) opener?.focus();
  opener = null;
}

popup.addEventListener("keydown", (event) => {
  const items = [...popup.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu(true);
  }
});

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("#popup") && !(opener && opener.contains(event.target))) closeMenu();
});

const SHORTEST_TOAST = 2500;
const TOAST_PER_LETTER = 45;

/** A line that goes away by itself. */
export function toast(text) {
  const node = el("div", { class: "toast", text });
  byId("toasts").append(node);
  setTimeout(() => node.remove(), SHORTEST_TOAST + TOAST_PER_LETTER * text.length);
}

/** A text that waits for OK. */
export function alertBox(text) {
  byId("alert-text").textContent = text;
  if (!byId("alert").open) byId("alert").showModal();
}

export function theme() {
  return localStorage.getItem("theme") || "auto";
}

/** `auto` follows the system; `light` and `dark` are kept. */
export function setTheme(name) {
  localStorage.setItem("theme", name);
  document.documentElement.dataset.theme = name;
}

setTheme(theme());
