// One person's editor: what was loaded, what is typed, and which version it was made from.

/** The members of a document that can be edited. */
export const FIELDS = ["title", "body"];

/** A card with a title, a body, Load and Save. It sends nothing itself; its owner does. */
export class Editor {
  #card;
  #form;

  /** The document as it was loaded or last saved here; null before that. */
  base = null;
  /** The entity-tag that came with it; null where the backend sends none. */
  etag = null;

  constructor(person, template, { onLoad, onSave, example }) {
    this.person = person;
    this.example = example;
    this.#card = template.content.firstElementChild.cloneNode(true);
    this.#form = this.#card.querySelector("form");
    this.#name(person);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      onSave(this);
    });
    this.#find(".load").addEventListener("click", () => onLoad(this));
    this.#form.addEventListener("input", () => this.#markChanges());
    this.#control(example.field)
      .closest(".field")
      .querySelector(".suggest")
      .addEventListener("click", () => this.set({ [example.field]: example.text }));
    this.clear();
  }

  get node() {
    return this.#card;
  }

  /** What is typed now. */
  values() {
    return Object.fromEntries(FIELDS.map((name) => [name, this.#control(name).value]));
  }

  isChanged(name) {
    return this.#control(name).value !== (this.base?.[name] ?? "");
  }

  /** Takes over a stored document and its entity-tag. */
  hold(document, etag) {
    this.base = document;
    this.etag = etag;
    this.#version(etag ? "ETag" : "no ETag", etag);
    this.set(document);
  }

  /** Types these values. */
  set(values) {
    for (const name of FIELDS.filter((field) => field in values)) {
      this.#control(name).value = values[name] ?? "";
    }
    this.#markChanges();
  }

  clear() {
    this.base = null;
    this.etag = null;
    this.#form.reset();
    this.#version("not loaded");
    this.report("");
    this.#markChanges();
  }

  /** One line on what the last request came to. */
  report(text, tone = "") {
    const last = this.#find(".last");
    last.textContent = text.trim();
    last.className = `last ${tone}`;
  }

  /** Marks which of the two buttons the story waits for: "load", "save" or "". */
  invite(action) {
    for (const name of ["load", "save"]) {
      this.#find(`.${name}`).classList.toggle("primary", name === action);
    }
  }

  busy(is) {
    this.#card.setAttribute("aria-busy", is);
    for (const name of ["load", "save"]) {
      this.#find(`.${name}`).disabled = is;
    }
  }

  #name(person) {
    const key = person.toLowerCase();
    this.#card.id = key;
    this.#card.setAttribute("aria-labelledby", `${key}-name`);
    this.#find(".avatar").textContent = person[0];
    this.#find("h2").id = `${key}-name`;
    this.#find("h2").textContent = person;
    for (const name of FIELDS) {
      const control = this.#control(name);
      control.id = `${key}-${name}`;
      control.closest(".field").querySelector("label").htmlFor = control.id;
    }
  }

  #version(text, etag) {
    const version = this.#find(".version");
    version.textContent = text;
    if (etag) {
      const tag = document.createElement("code");
      tag.className = "tag";
      tag.title = etag;
      tag.textContent = etag;
      version.append(" ", tag);
    }
  }

  #markChanges() {
    for (const name of FIELDS) {
      const field = this.#control(name).closest(".field");
      const changed = this.isChanged(name);
      field.querySelector(".changed").hidden = !changed;
      field.querySelector(".suggest").hidden =
        this.base === null ||
        name !== this.example.field ||
        this.#control(name).value === this.example.text;
    }
  }

  #control(name) {
    return this.#form.elements.namedItem(name);
  }

  #find(selector) {
    return this.#card.querySelector(selector);
  }
}
