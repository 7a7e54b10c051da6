// Questions that keep everything else from being done until they are answered.

import { element } from "./status.js";
import { clock } from "./words.js";

/** @typedef {import("./words.js").Say} Say */

/** Tell whether a question is on the screen, ours or of another script: Label Studio's keys do nothing then. */
export const asking = () => document.querySelector("dialog:modal") !== null;

/**
 * Ask a question.
 * @param {{title: string, text: string[], choices: {name: string, label: string, main?: boolean}[], escape: string | null}} question
 *   `escape` is the choice of the Escape key; with null there is none.
 * @returns {Promise<string>} The name of what was chosen.
 */
export function question({ title, text, choices, escape }) {
  return new Promise((resolve) => {
    const heading = element("h2", { id: "vib-coding-title" }, [title]);
    const buttons = choices.map(({ name, label, main }) => {
      const button = element("button", { type: "button", value: name, class: main ? "vib-coding-main" : "" }, [label]);
      button.addEventListener("click", () => finish(name));
      return button;
    });
    const { finish } = shown([heading, ...text.map((line) => element("p", {}, [line])), element("div", { class: "vib-coding-choices" }, buttons)], escape, resolve);
    buttons.find((_, index) => choices[index]?.main)?.focus();
  });
}

/**
 * Show what a coding breaks, with a button for each place; answers what was chosen, and which place.
 * @param {Say} say
 * @param {import("./checking.js").Group[]} groups
 * @returns {Promise<{choice: string, place: import("./checking.js").Broken | null}>}
 */
export function brokenQuestion(say, groups) {
  return new Promise((resolve) => {
    const blocks = groups.some((group) => group.blocks);
    /** @type {import("./checking.js").Broken | null} */
    let chosen = null;
    const list = groups.map((group) => {
      const places = group.places.map((place) => {
        const button = element("button", { type: "button", class: "vib-coding-place" }, [place.turn === null ? say("broken_clip") : clock(place.start)]);
        button.addEventListener("click", () => {
          chosen = place;
          finish("place");
        });
        return button;
      });
      const more = group.more > 0 ? [element("span", {}, [say("broken_more", { number: group.more })])] : [];
      return element("li", { class: group.blocks ? "vib-coding-blocks" : "" }, [element("span", {}, [group.words]), element("div", {}, [...places, ...more])]);
    });
    const back = element("button", { type: "button", value: "back", class: "vib-coding-main" }, [say("go_on")]);
    const anyway = element("button", { type: "button", value: "submit" }, [say("submit_anyway")]);
    back.addEventListener("click", () => finish("back"));
    anyway.addEventListener("click", () => finish("submit"));
    const content = [
      element("h2", { id: "vib-coding-title" }, [say(blocks ? "broken_title" : "noticed_title")]),
      element("p", {}, [say(blocks ? "broken_text" : "noticed_text")]),
      element("ul", { class: "vib-coding-broken" }, list),
      element("div", { class: "vib-coding-choices" }, blocks ? [back] : [back, anyway]),
    ];
    const { finish } = shown(content, "back", (choice) => resolve({ choice, place: chosen }));
    back.focus();
  });
}

/**
 * Ask to sign in, again until it was done.
 * @param {Say} say
 * @param {string} email
 * @param {(email: string, password: string) => Promise<string>} enter Returns what went wrong, or nothing.
 * @returns {Promise<string>}
 */
export function signInQuestion(say, email, enter) {
  return new Promise((resolve) => {
    const address = /** @type {HTMLInputElement} */ (element("input", { type: "email", name: "email", autocomplete: "username", required: "", value: email }));
    const password = /** @type {HTMLInputElement} */ (element("input", { type: "password", name: "password", autocomplete: "current-password", required: "" }));
    const wrong = element("p", { class: "vib-coding-wrong", role: "alert" });
    const submit = /** @type {HTMLButtonElement} */ (element("button", { type: "submit", class: "vib-coding-main" }, [say("signin_enter")]));
    const later = element("button", { type: "button" }, [say("signin_later")]);
    const form = element("form", {}, [
      element("h2", { id: "vib-coding-title" }, [say("signin_title")]),
      element("p", {}, [say("signin_text")]),
      element("label", {}, [say("signin_email"), address]),
      element("label", {}, [say("signin_password"), password]),
      wrong,
      element("div", { class: "vib-coding-choices" }, [submit, later]),
    ]);
    const { finish } = shown([form], "later", resolve);
    later.addEventListener("click", () => finish("later"));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      submit.disabled = true;
      wrong.textContent = await enter(address.value, password.value);
      submit.disabled = false;
      if (wrong.textContent === "") finish("done");
      else password.select();
    });
    (email ? password : address).focus();
  });
}

/**
 * @param {Node[]} content
 * @param {string | null} escape
 * @param {(choice: string) => void} chosen
 */
function shown(content, escape, chosen) {
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "vib-coding-dialog", "aria-labelledby": "vib-coding-title" }, content));
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.append(dialog);
  const finish = (/** @type {string} */ choice) => {
    if (!dialog.isConnected) return;
    dialog.close();
    dialog.remove();
    before?.focus?.();
    chosen(choice);
  };
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (escape !== null) finish(escape);
  });
  dialog.showModal();
  return { finish };
}
