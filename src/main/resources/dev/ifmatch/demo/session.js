// What happens when somebody loads or saves: the exchanges, and what they mean for the other editor.

import { FIELDS } from "./editor.js";

const DOCUMENT = "/api/documents/1";

/** Two editors on one document, over one of two routes. Knows what is stored from the answers alone. */
export class Session {
  #wire;
  #outcome;
  #guide;
  #routes;
  #pending = new Set();

  /** "straight" or "through": a key of the routes, which are base URLs. */
  mode = "straight";
  editors = [];
  /** The document as the last answer showed it; null before the first. */
  stored = null;
  /** Who changed which field last. */
  authors = {};
  /** Who has saved, and whose save came to what: for the guide. */
  saved = new Set();
  refused = null;
  lossBy = null;

  constructor({ wire, outcome, guide, routes }) {
    this.#wire = wire;
    this.#outcome = outcome;
    this.#guide = guide;
    this.#routes = routes;
  }

  /** Puts the stored document back to where the story starts, and forgets everything. */
  async reset(mode = this.mode) {
    await Promise.allSettled(this.#pending);
    Object.assign(this, { mode, stored: null, authors: {}, refused: null, lossBy: null });
    this.saved.clear();
    this.editors.forEach((editor) => editor.clear());
    this.#wire.clear();
    this.#outcome.clear();
    const answer = await fetch("/demo/reset", { method: "POST" });
    if (!answer.ok) {
      throw new Error(`POST /demo/reset answered ${answer.status}: the stored document is as it was.`);
    }
    this.#guide.start(this);
  }

  load(editor) {
    return this.#during(editor, async () => {
      const answer = await this.#send(editor, { method: "GET" });
      if (answer.status !== 200) {
        this.#failed(editor, answer);
        return;
      }
      this.stored = answer.content;
      editor.hold(answer.content, answer.etag);
      editor.report("Loaded");
      if (this.refused === editor) {
        this.refused = null;
        this.#outcome.clear();
      }
      this.#guide.loaded(this, editor);
    });
  }

  save(editor) {
    return this.#during(editor, async () => {
      const content = { ...editor.values(), editor: editor.person };
      const answer = await this.#send(editor, { method: "PUT", etag: editor.etag, content });
      if (answer.status === 200 || answer.status === 201) {
        this.#accepted(editor, content, answer);
      } else if (answer.status === 412 || answer.status === 428) {
        await this.#conflict(editor, answer);
      } else {
        this.#failed(editor, answer);
      }
    });
  }

  /** Gives the editor the current document with the chosen values on top, to be looked at and saved. */
  merge(editor, current, values) {
    editor.hold(current.content, current.etag);
    editor.set(values);
    editor.report("Merged, not saved yet");
    this.refused = null;
    this.#outcome.merged({ editor, onSave: () => this.save(editor) });
    this.#guide.merged(this, editor);
  }

  #accepted(editor, sent, answer) {
    const before = this.stored;
    const lost = before ? lostFields(before, sent, editor.base) : [];
    const merged = this.#outcome.shows("merged");
    const owners = { ...this.authors };
    for (const name of FIELDS.filter((field) => sent[field] !== before?.[field])) {
      this.authors[name] = editor.person;
    }
    const blind = editor.base === null;
    this.stored = answer.content;
    this.saved.add(editor.person);
    this.refused = null;
    editor.hold(answer.content, answer.etag);
    editor.report(`Saved: ${answer.status} ${answer.reason}`, lost.length ? "" : "good");
    if (lost.length > 0) {
      this.lossBy = editor;
      this.#outcome.lost({
        writer: editor.person,
        victim: owners[lost[0]],
        fields: lost,
        before,
        after: answer.content,
      });
      this.#guide.lost(this, editor);
      return;
    }
    if (merged) {
      this.#outcome.kept({ document: answer.content, authors: this.authors });
    } else {
      this.#outcome.clear();
    }
    this.#guide.saved(this, editor, { merged, blind });
  }

  async #conflict(editor, refusal) {
    this.refused = editor;
    editor.report(`Refused: ${refusal.status} ${refusal.reason}`, "bad");
    this.#guide.refused(this, editor, refusal.status);
    const current = await this.#send(editor, { method: "GET" });
    if (current.status !== 200) {
      this.#failed(editor, current);
      return;
    }
    this.stored = current.content;
    this.#outcome.conflict({
      editor,
      refusal,
      current: current.content,
      onMerge: (values) => this.merge(editor, current, values),
    });
  }

  #failed(editor, { status, reason, content, text }) {
    editor.report(`Failed: ${status} ${reason}`, "bad");
    this.#outcome.failed({
      code: status,
      title: content?.title ?? reason,
      detail: content?.detail ?? content?.error ?? text,
    });
  }

  #send(editor, request) {
    const url = this.#routes[this.mode] + DOCUMENT;
    return this.#wire.send({ person: editor.person, url, ...request });
  }

  /** Runs one editor's action with its buttons off; where no answer comes at all, says so. */
  async #during(editor, action) {
    editor.busy(true);
    const running = action();
    this.#pending.add(running);
    try {
      await running;
    } catch (error) {
      editor.report("No answer", "bad");
      this.#outcome.failed({
        title: "No answer",
        detail: `${this.#routes[this.mode]} cannot be reached (${error.message}). Is the demo still running, and this port open?`,
      });
    } finally {
      this.#pending.delete(running);
      editor.busy(false);
    }
  }
}

/** The fields that somebody else changed since this save's version was loaded, and that it overwrites. */
function lostFields(before, sent, base) {
  return FIELDS.filter((name) => before[name] !== sent[name] && before[name] !== base?.[name]);
}
