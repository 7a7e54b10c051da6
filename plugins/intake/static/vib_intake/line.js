// One recording on the page: its name, how far it is, and what can be done with it.

import { clock, say, sized } from "./saying.js";

/**
 * @typedef {{address: string, name: string, original: string, modified: number, length: number, offset: number,
 *   stage: string, part: number, seconds: number, reason: string, remarks: string[], coding: string}} Told
 * What the server tells of a recording.
 */

/** @typedef {{text: string, do: () => void, main?: boolean}} Choice */

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class Line {
  /**
   * @param {HTMLElement} list
   * @param {string} name
   * @param {number} length In bytes.
   */
  constructor(list, name, length) {
    this.bar = /** @type {HTMLProgressElement} */ (element("progress", { max: "1", "aria-label": name }));
    this.stage = element("p", { class: "stage", role: "status" });
    this.more = element("div");
    this.buttons = element("p", { class: "buttons" });
    const size = element("span", { class: "fine" }, [sized(length)]);
    this.element = element("li", { class: "card recording" }, [
      element("h3", {}, [name]), size, this.bar, this.stage, this.more, this.buttons,
    ]);
    list.prepend(this.element);
  }

  /**
   * @param {string} text
   * @param {number | null} part Of the bar; null without one.
   * @param {Choice[]} choices
   * @param {{wrong?: boolean, more?: string[], link?: [string, string]}} [further]
   */
  show(text, part, choices = [], further = {}) {
    if (this.stage.textContent !== text) this.stage.textContent = text;
    this.stage.classList.toggle("error", Boolean(further.wrong));
    this.bar.hidden = part === null;
    if (part !== null) this.bar.value = part;
    this.more.replaceChildren(...(further.more ?? []).map((said) => element("p", { class: "fine" }, [said])));
    const link = further.link ? [element("a", { class: "button main", href: further.link[1] }, [further.link[0]])] : [];
    const texts = [...link.map((one) => one.textContent), ...choices.map((one) => one.text)].join("\n");
    if (this.buttons.dataset.texts === texts) {
      this.does = choices;
      return;
    }
    this.buttons.dataset.texts = texts;
    this.does = choices;
    this.buttons.replaceChildren(...link, ...choices.map((one, index) => this.button(one, index)));
  }

  /**
   * @param {Choice} choice
   * @param {number} index
   */
  button(choice, index) {
    const made = element("button", { type: "button", ...(choice.main ? { class: "main" } : {}) }, [choice.text]);
    made.addEventListener("click", () => this.does?.[index]?.do());
    return made;
  }

  /**
   * Show what the server says of a recording that is here as a whole.
   * @param {Told} told
   * @param {() => void} forget
   */
  tell(told, forget) {
    const away = { text: say("forget"), do: forget };
    if (told.stage === "ready") {
      const further = { more: told.remarks, ...(told.coding ? { link: /** @type {[string, string]} */ ([say("code"), told.coding]) } : {}) };
      this.show(say("ready", { length: clock(told.seconds) }), null, [away], further);
    } else if (told.stage === "same") {
      const link = told.coding ? { link: /** @type {[string, string]} */ ([say("code"), told.coding]) } : {};
      this.show(say("same"), null, [away], link);
    } else if (told.stage === "refused") this.show(say("refused", { reason: told.reason }), null, [away], { wrong: true });
    else if (told.stage === "held") this.show(say("held", { reason: told.reason }), null, [], { wrong: true });
    else if (told.stage === "making") this.show(say("making", { percent: Math.floor(told.part * 100) }), told.part);
    else this.show(say("arrived"), 1);
  }

  remove() {
    this.element.remove();
  }
}
