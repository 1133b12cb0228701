// The three steps, and one sentence on where the story is.

/** Follows a session: marks the steps, invites the next click and says what just happened. */
export class Guide {
  #steps;
  #caption;
  #play;

  constructor(steps, caption, play) {
    this.#steps = steps;
    this.#caption = caption;
    this.#play = play;
  }

  start(session) {
    this.#tell(session, "Press Load on both sides, or let the story play.");
  }

  loaded(session, editor) {
    const other = session.editors.find((one) => one !== editor);
    if (session.saved.size > 0) {
      this.#tell(session, `${editor.person} has loaded the current version.`);
    } else if (other.base === null) {
      this.#tell(session, `${editor.person} has the document. ${other.person} has not loaded it yet.`);
    } else {
      this.#tell(session, "Both hold the same version. Guido changes the title and saves.");
    }
  }

  saved(session, editor, { merged, blind }) {
    const other = session.editors.find((one) => one !== editor);
    if (merged) {
      this.#tell(session, `${editor.person}’s second save was made from the current version: it went through.`);
    } else if (blind) {
      this.#tell(session, `${editor.person} saved without having loaded. What was stored before is overwritten, unseen.`);
    } else if (session.saved.has(other.person) || other.base === null) {
      this.#tell(session, `${editor.person}’s save is stored.`);
    } else {
      this.#tell(session, `${editor.person}’s save is stored. ${other.person} still has the old version open, changes the ${other.example.field} and saves.`);
    }
  }

  lost(session, editor) {
    this.#tell(session, `${editor.person}’s save went through. It erased a change that ${editor.person} never saw.`);
  }

  refused(session, editor, status) {
    this.#tell(session, status === 428
      ? `${editor.person} did not say which version the save was made from. It never reached the backend.`
      : `${editor.person}’s version is old. The save never reached the backend, so nothing is lost.`);
  }

  merged(session, editor) {
    this.#tell(session, `${editor.person} has the current version with the chosen changes on top. Save again.`);
  }

  #tell(session, sentence) {
    this.#caption.textContent = sentence;
    const state = {
      load: session.editors.every((editor) => editor.base !== null) ? "done" : "",
      guido: stateOf(session, "Guido"),
      ada: stateOf(session, "Ada"),
    };
    const next = Object.keys(state).find((step) => state[step] !== "done" && state[step] !== "lossy");
    for (const step of this.#steps.children) {
      const name = step.dataset.step;
      step.className = state[name];
      step.ariaCurrent = name === next ? "step" : null;
    }
    this.#invite(session, next);
  }

  #invite(session, next) {
    this.#play.classList.toggle("primary", session.stored === null);
    for (const editor of session.editors) {
      const turn = next === editor.person.toLowerCase() && session.refused === null;
      editor.invite(editor.base === null ? "load" : turn ? "save" : "");
    }
  }
}

function stateOf(session, person) {
  if (session.refused?.person === person) {
    return "refused";
  }
  if (session.lossBy?.person === person) {
    return "lossy";
  }
  return session.saved.has(person) ? "done" : "";
}
