// Talks to the local chat: acts by POST, hears by web socket, and comes back by itself after a restart of the program.

const query = new URLSearchParams(location.search);
export const userNumber = Number(query.get("user")) || 1;
const chat = query.get("chat");

/** Who acts and where, in every request. */
export const who = chat ? { user: userNumber, chat: Number(chat) } : { user: userNumber };

/** Do something (`send`, `tap`, …). Throws an Error with the refusal's words. */
export async function act(name, body = {}) {
  const response = await fetch(`/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...who, ...body }),
  });
  return answerOf(response);
}

/** Send a file as `photo` or `document`. */
export async function upload(file, kind, caption) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...who, kind, caption })) form.set(name, value);
  form.set("file", file, file.name);
  return answerOf(await fetch("/api/upload", { method: "POST", body: form }));
}

/** Messages before `id`. */
export async function earlier(id) {
  return answerOf(await fetch(`/api/earlier?${new URLSearchParams({ ...who, before: id })}`));
}

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.description || `erro ${response.status}`);
  return body;
}

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 5000;

/** Call `hear(event)` for each event and `connected(boolean)` when the line goes up or down. */
export function listen(hear, connected) {
  let pause = FIRST_PAUSE;
  const dial = () => {
    const socket = new WebSocket(`ws://${location.host}/api/socket?${new URLSearchParams(who)}`);
    socket.addEventListener("open", () => {
      pause = FIRST_PAUSE;
      connected(true);
    });
    socket.addEventListener("message", (message) => hear(JSON.parse(message.data)));
    socket.addEventListener("close", () => {
      connected(false);
      setTimeout(dial, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  };
  dial();
}
