// The strip in Label Studio's bottom bar: undo, redo, reset, and whether all is saved. Above it, what was just done.

import { BUTTONS } from "./label_studio.js";
import { offer } from "./others.js";

/** @typedef {import("./keeper.js").State} State */
/** @typedef {import("./words.js").Say} Say */

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class Status {
  /**
   * @param {Say} say
   * @param {{undo: () => void, redo: () => void, reset: () => void, explain: () => void, more: () => void}} act What its buttons do.
   */
  constructor(say, act) {
    this.say = say;
    this.undo = this.button("undo", "↶", act.undo);
    this.redo = this.button("redo", "↷", act.redo);
    this.reset = this.button("reset", "⟲", act.reset);
    this.explain = this.button("explain", "?", act.explain);
    this.text = element("span", { class: "vib-coding-text" });
    this.more = element("button", { type: "button", class: "vib-coding-more" });
    this.more.addEventListener("click", act.more);
    this.state = element("span", { class: "vib-coding-state" }, [this.text, this.more]);
    this.strip = element("div", { class: "vib-coding-strip" }, [this.undo, this.redo, this.reset, this.explain, this.state]);
    // Heard by who does not see: what is wrong and what was done, not each time that something is saved.
    this.live = element("div", { class: "vib-coding-live", role: "status", "aria-live": "polite" });
    this.notice = element("div", { class: "vib-coding-notice", hidden: "" });
    document.body.append(this.live, this.notice);
    offer(this.strip);
    this.hide();
  }

  /**
   * @param {string} name
   * @param {string} sign
   * @param {() => void} act
   */
  button(name, sign, act) {
    const label = this.say(name);
    const made = element("button", { type: "button", class: "vib-coding-button", "aria-label": label, title: label, "data-act": name }, [sign]);
    made.addEventListener("click", act);
    return /** @type {HTMLButtonElement} */ (made);
  }

  /** Put the strip where Label Studio has its own buttons for it, again where it drew those anew. */
  place() {
    const place = document.querySelector(BUTTONS.history);
    if (place && this.strip.parentElement !== place) place.append(this.strip);
  }

  /**
   * @param {State} state
   */
  show(state) {
    const kind = state.kind === "unsaved" ? "unsaved" : state.kind;
    const text = state.kind === "unsaved" ? this.say(`unsaved_${state.why}`, { detail: state.detail ?? "" }) : this.say(state.kind);
    const more = state.kind === "unsaved" && ["signin", "held"].includes(state.why) ? this.say(`${state.why}_more`) : "";
    if (kind === "unsaved" || this.state.dataset.kind === "unsaved") this.live.textContent = text;
    this.state.dataset.kind = kind;
    this.text.textContent = text;
    this.state.title = text;
    this.more.textContent = more;
    this.more.hidden = more === "";
    this.strip.hidden = false;
  }

  /**
   * @param {boolean} undo
   * @param {boolean} redo
   * @param {boolean} reset
   */
  can(undo, redo, reset) {
    this.undo.disabled = !undo;
    this.redo.disabled = !redo;
    this.reset.disabled = !reset;
  }

  /**
   * Say what was done, with the way back; the words stay until something else is done.
   * @param {string} text
   * @param {(() => void) | null} back
   */
  tell(text, back) {
    this.notice.replaceChildren(element("span", {}, [text]));
    if (back) {
      const button = element("button", { type: "button" }, [this.say("undo")]);
      button.addEventListener("click", back);
      this.notice.append(button);
    }
    const close = element("button", { type: "button", class: "vib-coding-close", "aria-label": this.say("close") }, ["×"]);
    close.addEventListener("click", () => this.quiet());
    this.notice.append(close);
    this.notice.hidden = false;
    this.live.textContent = text;
  }

  quiet() {
    this.notice.hidden = true;
  }

  hide() {
    delete this.state.dataset.kind;
    this.strip.hidden = true;
    this.strip.remove();
    this.quiet();
  }
}
