// Keys and buttons that we answer for in the place of Label Studio, before it hears of them.

import { asking } from "./dialogs.js";
import { BUTTONS } from "./label_studio.js";

/** @typedef {import("./label_studio.js").Opened} Opened */
/**
 * @typedef {{opened: () => Opened | null, undo: () => void, redo: () => void, submit: (exit: boolean) => void,
 *   explain: () => void, remove: (all: boolean) => boolean}} Acts `remove` answers whether it saw to it itself.
 */

const TYPING = "input:not([type]), input[type=text], input[type=search], input[type=email], input[type=password], input[type=number], textarea, [contenteditable=true]";

/**
 * @param {KeyboardEvent} event
 * @param {Acts} acts
 * @returns {boolean} Whether Label Studio is not to hear of this key.
 */
function answered(event, acts) {
  const opened = acts.opened();
  if (!opened) return false;
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && key === "enter") {
    acts.submit(false);
    return true;
  }
  if (event.target instanceof Element && event.target.matches(TYPING)) return false;
  if (command && !event.altKey && (key === "z" || key === "y")) {
    if (key === "y" || event.shiftKey) acts.redo();
    else acts.undo();
    return true;
  }
  if (key === "?" && !command && !event.altKey) {
    acts.explain();
    return true;
  }
  if (key === "backspace" && !event.altKey && !event.shiftKey) return acts.remove(command);
  return !command && !event.altKey && key.length === 1 && opened.press(key);
}

/**
 * @param {Acts} acts
 */
export function guard(acts) {
  window.addEventListener(
    "keydown",
    (event) => {
      if (asking()) event.stopImmediatePropagation();
      else if (answered(event, acts)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
  window.addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element) || !acts.opened()) return;
      const button = event.target.closest(`${BUTTONS.submit}, ${BUTTONS.update}`);
      if (!button) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      acts.submit((button.getAttribute("data-testid") ?? "").includes("-and-exit-"));
    },
    { capture: true },
  );
}
