// What came of a save: what was lost, what is in conflict, what was kept.

import { marked } from "./diff.js";
import { button, element, reveal } from "./dom.js";
import { FIELDS } from "./editor.js";

const LABELS = { title: "Title", body: "Body" };

/** The panel below the editors; it shows one outcome at a time, or none. */
export class Outcome {
  #place;
  #onThrough;

  constructor(place, { onThrough }) {
    this.#place = place;
    this.#onThrough = onThrough;
  }

  clear() {
    this.#place.replaceChildren();
  }

  shows(kind) {
    return this.#place.firstElementChild?.dataset.kind === kind;
  }

  /** A save went through and took a change along that its writer had never seen; whose, may be unknown. */
  lost({ writer, victim, fields, before, after }) {
    const names = fields.map((name) => LABELS[name].toLowerCase()).join(" and ");
    const verb = fields.length > 1 ? "are" : "is";
    const saved = victim ? `${victim} saved` : "Stored before";
    this.#show("lost", [
      banner("200", `${victim ? `${victim}’s` : "The stored"} ${names} ${verb} lost`,
      `${writer}’s save carried the old ${names} along and put it over the new. `
        + "The backend answered 200 OK, and nobody was told."),
      comparison(FIELDS.map((name) => {
        const gone = fields.includes(name);
        return row(name, gone ? "differs" : "", [
          cell(saved, gone ? marked(before[name], after[name], "del") : [before[name]]),
          cell("Stored now", [after[name]]),
        ]);
      })),
      actions(button("Play it through ifmatch", this.#onThrough, { class: "primary" })),
    ]);
  }

  /** A save was refused: the current document beside the editor's own, to choose from field by field. */
  conflict({ editor, refusal, current, onMerge }) {
    const mine = editor.values();
    const rows = FIELDS.map((name) => choice(name, { editor, current, mine }));
    const merge = () => onMerge(Object.fromEntries(FIELDS.map((name) => [name, chosen(rows, name, { current, mine })])));
    this.#show("conflict", [
      banner(refusal.status, refusal.content?.title ?? refusal.reason,
      refusal.content?.detail ?? refusal.text),
      comparison(rows),
      actions(
        button("Reload & merge", merge, { class: "primary", id: "merge" }),
        element("p", { class: "note" }, `Takes the current version and its ETag into ${editor.person}’s editor, with what is chosen here.`),
      ),
    ]);
  }

  /** The merge stands in the editor and waits to be saved. */
  merged({ editor, onSave }) {
    this.#show("merged", [
      banner("", "Merged, not saved yet",
      `${editor.person} now holds the current ETag. Look at the fields above, then save again.`),
      actions(button("Save again", onSave, { class: "primary", id: "save-again" })),
    ]);
  }

  /** A merged save went through. */
  kept({ document, authors }) {
    const both = new Set(Object.values(authors)).size > 1;
    this.#show("kept", [
      banner("200", both ? "Both changes are kept" : "Saved on top of the current version",
      "This is what the backend stores now."),
      comparison(FIELDS.map((name) => row(name, "", [
        cell(authors[name] ? `from ${authors[name]}` : "as it was", [document[name]]),
      ]))),
    ]);
  }

  /** Something else went wrong. */
  failed({ code, title, detail }) {
    this.#show("failed", [banner(code ?? "", title, detail)]);
  }

  #show(kind, children) {
    const panel = element("article", {
      class: `outcome card ${kind}`,
      "data-kind": kind,
      tabindex: "-1",
      role: kind === "failed" ? "alert" : undefined,
    }, ...children);
    const hadFocus = this.#place.contains(document.activeElement);
    this.#place.replaceChildren(panel);
    if (hadFocus) {
      (panel.querySelector(".primary") ?? panel).focus({ preventScroll: true });
    }
    reveal(panel);
  }
}

/**
 * Which side a merge takes by itself: the one that changed. "same" where there is nothing to choose,
 * "mine" where both changed, since the editor's owner is the one who is looking.
 */
function proposal(base, mine, current) {
  if (mine === current) {
    return "same";
  }
  if (base === undefined) {
    return mine === "" ? "current" : "mine";
  }
  return mine === base ? "current" : "mine";
}

function choice(name, { editor, current, mine }) {
  const base = editor.base?.[name];
  const proposed = proposal(base, mine[name], current[name]);
  if (proposed === "same") {
    return row(name, "", [cell("The same in both", [current[name]])]);
  }
  const option = (side, label, text, before) =>
    element(
      "label",
      { class: "cell option" },
      element("span", { class: "cell-label" },
        element("input", { type: "radio", name: `merge-${name}`, value: side, checked: side === proposed }),
        label),
      shown(text, before),
    );
  return row(name, "differs", [
    option("current", "Current version", current[name], base ?? mine[name]),
    option("mine", `${editor.person}’s own`, mine[name], base ?? current[name]),
  ]);
}

function shown(text, before) {
  return text === ""
    ? element("span", { class: "text nothing" }, "empty")
    : element("span", { class: "text" }, ...marked(text, before, "mark"));
}

function chosen(rows, name, { current, mine }) {
  const picked = rows[FIELDS.indexOf(name)].querySelector("input:checked");
  return picked?.value === "mine" ? mine[name] : current[name];
}

function banner(code, title, detail) {
  const badge = code === "" ? [] : [element("span", { class: "code" }, `${code}`)];
  return element(
    "header",
    {},
    element("h2", {}, ...badge, title),
    element("p", { class: "detail" }, detail),
  );
}

function comparison(rows) {
  return element("div", { class: "comparison" }, ...rows);
}

function row(name, kind, cells) {
  return element(
    "div",
    { class: `row ${kind}`, role: "group", "aria-label": LABELS[name], "data-field": name },
    element("h3", {}, LABELS[name]),
    ...cells,
  );
}

function cell(label, children) {
  return element(
    "div",
    { class: "cell" },
    element("span", { class: "cell-label" }, label),
    element("span", { class: "text" }, ...children),
  );
}

function actions(...children) {
  return element("div", { class: "actions" }, ...children);
}
