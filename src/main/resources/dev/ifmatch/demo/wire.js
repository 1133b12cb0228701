// Sends the editors' requests, and shows each with its answer just as they went over the wire.

import { copied, curl } from "./curl.js";
import { button, element } from "./dom.js";

/** The panel that lists exchanges. Everything the editors send goes through it. */
export class Wire {
  #list;

  constructor(list) {
    this.#list = list;
    new ResizeObserver(() => this.#showNewest()).observe(list);
    list.addEventListener("scroll", () => list.classList.toggle("scrolled", list.scrollTop > 0));
  }

  clear() {
    this.#list.replaceChildren();
  }

  /**
   * Sends one request: {person, method, url, etag, content}, the last two where there are any.
   * Gives {status, reason, etag, content, text}; content is undefined where the answer is not JSON.
   * Throws fetch's TypeError where there is no answer at all.
   */
  async send(request) {
    const took = element("span", { class: "took" });
    const entry = element("li", { class: "exchange" }, head(request, took), requestLines(request));
    this.#list.append(entry);
    this.#showNewest();
    const started = performance.now();
    try {
      const answer = await read(await fetch(request.url, options(request)));
      took.textContent = `${Math.round(performance.now() - started)} ms`;
      entry.classList.add(answer.status < 400 ? "accepted" : "refused");
      entry.append(answerLines(answer));
      return answer;
    } catch (error) {
      entry.classList.add("refused");
      entry.append(element("div", { class: "answer" }, line(element("b", {}, "No answer"), ` ${error.message}`)));
      throw error;
    } finally {
      this.#showNewest();
    }
  }

  #showNewest() {
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}

function options({ method, etag, content }) {
  const headers = {};
  if (etag) {
    headers["If-Match"] = etag;
  }
  if (content) {
    headers["Content-Type"] = "application/json";
  }
  return { method, headers, body: content && JSON.stringify(content), cache: "no-store" };
}

async function read(response) {
  const text = await response.text();
  return {
    status: response.status,
    reason: response.statusText,
    etag: response.headers.get("ETag"),
    content: parsed(text),
    text,
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON. The text itself is kept and shown.
  }
}

function head(request, took) {
  const command = curl(request);
  const copy = button("Copy as curl", async () => {
    if (await copied(command)) {
      copy.textContent = "Copied";
    } else {
      copy.replaceWith(element("code", { class: "command", tabindex: "0" }, command));
    }
  }, { class: "quiet" });
  return element("div", { class: "who" }, element("strong", {}, request.person), took, copy);
}

function requestLines({ method, url, etag, content }) {
  const lines = element("div", { class: "request" }, line(element("b", {}, method), ` ${url}`));
  if (etag) {
    lines.append(field("If-Match", etag));
  } else if (method !== "GET") {
    lines.append(element("p", { class: "absent" }, "no If-Match"));
  }
  if (content) {
    lines.append(body(content));
  }
  return lines;
}

function answerLines({ status, reason, etag, content, text }) {
  const lines = element("div", { class: "answer" }, line(element("b", {}, `${status} ${reason}`)));
  lines.append(etag ? field("ETag", etag) : element("p", { class: "absent" }, "no ETag"));
  if (content) {
    lines.append(body(content));
  } else if (text) {
    lines.append(line(text.slice(0, 200)));
  }
  return lines;
}

function line(...parts) {
  return element("p", {}, ...parts);
}

/** A field that matters here: marked, and its value cut by the style sheet only, so a copy has all of it. */
function field(name, value) {
  return element(
    "p",
    { class: "telling" },
    element("span", {}, `${name}: `),
    element("span", { class: "tag", title: value }, value),
  );
}

function body(content) {
  return element(
    "details",
    {},
    element("summary", {}, JSON.stringify(content)),
    element("pre", {}, JSON.stringify(content, null, 2)),
  );
}
