// Puts Label Studio's words into Dutch as they appear: before the browser paints them, and nothing that people wrote.

import { Catalogue } from "./catalogue.js";
import { DUTCH } from "./dutch.js";
import { isWritten } from "./written.js";

const LANGUAGE = "nl";
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "data-tooltip"];

/** Where a button keeps what Label Studio calls it: style sheets know it by that. */
const ENGLISH = "data-english";

const catalogue = new Catalogue(DUTCH);

/** @param {Node} node */
function translateText(node) {
  const said = node.nodeValue ?? "";
  const to = catalogue.translated(said);
  if (to !== null && !isWritten(node.parentElement, said)) node.nodeValue = to;
}

/**
 * @param {Element} element
 * @param {string} name
 */
function translateAttribute(element, name) {
  const said = element.getAttribute(name) ?? "";
  const to = catalogue.translated(said);
  // What stands in an empty field is not of who writes in it.
  const place = name === "placeholder" ? element.parentElement : element;
  if (to !== null && !isWritten(place, said)) {
    if (name === "aria-label") element.setAttribute(ENGLISH, said);
    element.setAttribute(name, to);
  } else if (name === "aria-label" && catalogue.translated(element.getAttribute(ENGLISH) ?? "") !== said) element.removeAttribute(ENGLISH);
}

/** @param {Element} element */
function translateAttributes(element) {
  for (const name of ATTRIBUTES) if (element.hasAttribute(name)) translateAttribute(element, name);
}

/** @param {Node} root */
function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (!(root instanceof Element)) return;
  translateAttributes(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) translateAttributes(node);
    else translateText(node);
  }
}

/** What the browser itself says: its questions, and moments, which it says in its own language. */
function translateBrowser() {
  const ask = window.confirm.bind(window);
  window.confirm = (text) => ask(catalogue.translated(text ?? "") ?? text);
  for (const name of /** @type {const} */ (["toLocaleString", "toLocaleDateString", "toLocaleTimeString"])) {
    const say = Date.prototype[name];
    /**
     * @this {Date}
     * @param {Intl.LocalesArgument} locales
     * @param {Intl.DateTimeFormatOptions} [options]
     */
    Date.prototype[name] = function (locales = LANGUAGE, options) {
      return say.call(this, locales, options);
    };
  }
}

new MutationObserver((changes) => {
  for (const { type, target, attributeName, addedNodes } of changes) {
    if (type === "characterData") translateText(target);
    else if (type === "attributes") translateAttribute(/** @type {Element} */ (target), attributeName ?? "");
    else for (const node of addedNodes) translate(node);
  }
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
translate(document.documentElement);
translateBrowser();
