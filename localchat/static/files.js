// Files from the person: picked, dropped or pasted, seen once more before they go.

import { byId, el } from "./dom.js";
import { upload } from "./net.js";

let chosen = null;

/** Ask the system for a file to send as `photo` or `document`. */
export function pickFile(kind) {
  const input = byId("pick");
  input.accept = kind === "photo" ? "image/png,image/jpeg,image/webp,image/gif" : "";
  input.dataset.kind = kind;
  input.click();
}

/** Listen for files; `attempt(function)` runs an upload and shows its failure. */
export function watchFiles(attempt) {
  byId("pick").addEventListener("change", (event) => {
    const input = event.currentTarget;
    if (input.files[0]) ask(input.files[0], input.dataset.kind);
    input.value = "";
  });
  document.addEventListener("paste", (event) => take(event.clipboardData, event));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer, event);
  });
  byId("preview-cancel").addEventListener("click", () => byId("preview").close("cancel"));
  byId("preview").addEventListener("close", () => {
    const sending = chosen;
    chosen = null;
    if (byId("preview").returnValue === "send" && sending) {
      attempt(() => upload(sending.file, sending.kind, byId("caption").value.trim()));
    }
  });
}

function take(transfer, event) {
  const file = transfer?.files[0];
  if (!file || byId("composer").hidden) return;
  event.preventDefault();
  ask(file, file.type.startsWith("image/") ? "photo" : "document");
}

function ask(file, kind) {
  chosen = { file, kind };
  const body = byId("preview-body");
  if (kind === "photo") {
    const address = URL.createObjectURL(file);
    const image = el("img", { src: address, alt: file.name, on: { load: () => URL.revokeObjectURL(address) } });
    body.replaceChildren(image);
  } else body.replaceChildren(el("strong", { text: file.name }));
  byId("caption").value = "";
  byId("preview").returnValue = "";
  byId("preview").showModal();
  byId("caption").focus();
}
