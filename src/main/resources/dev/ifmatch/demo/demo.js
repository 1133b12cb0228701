// Puts the page together: two editors, one session, and the controls above them.

import { element } from "./dom.js";
import { Editor } from "./editor.js";
import { Guide } from "./guide.js";
import { Outcome } from "./outcome.js";
import { Session } from "./session.js";
import { Story } from "./story.js";
import { Wire } from "./wire.js";

const EXAMPLES = {
  Guido: { field: "title", text: "Release notes: final" },
  Ada: { field: "body", text: "Imports keep their order. Exports resume after a break." },
};

const find = (id) => document.getElementById(id);
const outcome = new Outcome(find("outcome"), { onThrough: () => play("through") });
addEventListener("error", (event) => broken(event.error ?? event.message));
addEventListener("unhandledrejection", (event) => broken(event.reason));

const ports = await fetchPorts();
const routes = baseUrls(ports);
const session = new Session({
  wire: new Wire(find("exchanges")),
  outcome,
  guide: new Guide(find("steps"), find("caption"), find("play")),
  routes,
});
for (const [person, example] of Object.entries(EXAMPLES)) {
  const editor = new Editor(person, find("editor"), {
    example,
    onLoad: () => session.load(editor),
    onSave: () => session.save(editor),
  });
  session.editors.push(editor);
  find("editors").append(editor.node);
}
let story = null;
find("play").addEventListener("click", () => (story ? story.stop() : play(session.mode)));
find("restart").addEventListener("click", () => startOver(session.mode));
find("route").addEventListener("change", (event) => startOver(event.target.value));
await startOver("straight");

async function startOver(mode) {
  story?.stop();
  document.querySelector(`[name=mode][value=${mode}]`).checked = true;
  drawPath(mode);
  await session.reset(mode);
}

async function play(mode) {
  await startOver(mode);
  const telling = new Story();
  story = telling;
  find("play").textContent = "Stop";
  find("desk").inert = true;
  try {
    await telling.play(session);
  } finally {
    if (story === telling) {
      story = null;
      find("play").textContent = "Play it for me";
      find("desk").inert = false;
    }
  }
}

async function fetchPorts() {
  const answer = await fetch("/demo/config.json", { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`GET /demo/config.json answered ${answer.status}`);
  }
  return answer.json();
}

/** Both ways to the API, whichever of the two ports this page itself came from. */
function baseUrls({ proxyPort, backendPort }) {
  const at = (port) => `http://${location.hostname}:${port}`;
  const cameStraight = location.port === `${backendPort}`;
  return {
    straight: at(backendPort),
    through: cameStraight ? at(proxyPort) : location.origin,
  };
}

function drawPath(mode) {
  const port = (url) => `:${new URL(url).port || 80}`;
  const stop = (name, detail, kind = "") =>
    element("span", { class: `stop ${kind}` }, name, ...(detail ? [element("small", {}, detail)] : []));
  const stops = [stop("this page")];
  if (mode === "through") {
    stops.push(stop("ifmatch", port(routes.through), "proxy"));
  }
  stops.push(stop("backend", port(routes.straight)));
  find("path").replaceChildren(...stops);
}

function broken(reason) {
  outcome.failed({ title: "That did not work", detail: `${reason?.message ?? reason}` });
}
