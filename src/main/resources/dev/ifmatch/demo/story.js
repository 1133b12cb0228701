// Plays the story by itself, at a pace that can be followed.

import { prefersStillness, reveal } from "./dom.js";

const PAUSE_MS = 1100;
const LONG_PAUSE_MS = 2600;
const KEY_MS = 32;

/** One telling of the story; another can start when this one has ended or was stopped. */
export class Story {
  #stopped = new AbortController();

  stop() {
    this.#stopped.abort();
  }

  /** Plays to the end; false if it was stopped before. */
  async play(session) {
    try {
      await this.#tell(session);
      return true;
    } catch (error) {
      if (this.#stopped.signal.aborted) {
        return false;
      }
      throw error;
    }
  }

  async #tell(session) {
    const [guido, ada] = session.editors;
    await this.#pause(PAUSE_MS / 2);
    for (const editor of [guido, ada]) {
      await session.load(editor);
      await this.#pause(PAUSE_MS);
    }
    for (const editor of [guido, ada]) {
      reveal(editor.node);
      await this.#type(editor);
      await this.#pause(PAUSE_MS);
      await session.save(editor);
      await this.#pause(PAUSE_MS);
    }
    const merge = document.getElementById("merge");
    if (merge) {
      await this.#pause(LONG_PAUSE_MS);
      merge.click();
      await this.#pause(LONG_PAUSE_MS);
      await session.save(ada);
    }
  }

  async #type(editor) {
    const { field, text } = editor.example;
    const start = sharedStart(editor.values()[field], text);
    for (let end = start + 1; end < text.length && !prefersStillness(); end++) {
      editor.set({ [field]: text.slice(0, end) });
      await this.#pause(KEY_MS);
    }
    editor.set({ [field]: text });
  }

  #pause(milliseconds) {
    const { signal } = this.#stopped;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
  }
}

function sharedStart(from, to) {
  let length = 0;
  while (length < from.length && from[length] === to[length]) {
    length++;
  }
  return length;
}
