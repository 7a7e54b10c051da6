// Notes every text that a page shows, as it is when the browser draws it: also what is there for a moment only.
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "data-tooltip"];
  const NO_TEXT = "script, style, template, noscript, textarea";
  const OURS = '.vib-header, .vib-skip, [class*="vib-coding-"], .vib-turns-notice';
  /** @type {Map<string, string>} A text, and where it was seen first. */
  const shown = new Map();
  /** @type {Set<Node>} */
  const touched = new Set();

  const place = (/** @type {Element} */ element) => {
    const path = [];
    for (let at = element; at && path.length < 5; at = at.parentElement) path.unshift([at.tagName.toLowerCase(), ...at.classList].join("."));
    return path.join(" > ").slice(-300);
  };

  const note = (/** @type {Element | null} */ element, /** @type {string | null} */ said, /** @type {string} */ how) => {
    const text = (said ?? "").trim().replace(/\s+/g, " ");
    if (!/\p{L}{2}/u.test(text) || shown.has(text) || !element || element.closest(NO_TEXT) || element.closest(OURS)) return;
    if (element.checkVisibility()) shown.set(text, `${how} ${place(element)}`);
  };

  const look = (/** @type {Node} */ root) => {
    if (root.nodeType === Node.TEXT_NODE) return note(root.parentElement, root.nodeValue, "");
    if (!(root instanceof Element)) return;
    for (const element of [root, ...root.querySelectorAll("*")]) {
      for (const name of ATTRIBUTES) if (element.hasAttribute(name)) note(element, element.getAttribute(name), `@${name}`);
      for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) note(element, child.nodeValue, "");
      for (const part of ["::before", "::after"]) {
        const { content } = getComputedStyle(element, part);
        if (content.startsWith('"')) note(element, content.slice(1, -1), part);
      }
    }
  };

  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) for (const node of addedNodes.length > 0 ? addedNodes : [target]) touched.add(node);
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });

  const draw = () => {
    const nodes = [...touched];
    touched.clear();
    for (const node of nodes) if (node.isConnected) look(node);
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);

  const question = window.confirm.bind(window);
  window.confirm = (text) => {
    shown.set(text ?? "", "confirm");
    return question(text);
  };

  /** What was shown so far that no part of the catalogue knows as Dutch. */
  window["wordsShown"] = async () => {
    look(document.documentElement);
    const script = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[src*="vib_words/main.js"]'));
    if (!script) return null;
    const folder = script.src.replace(/main\.js$/, "");
    const [{ Catalogue }, { DUTCH }] = await Promise.all(["catalogue.js", "dutch.js"].map((name) => import(folder + name)));
    const said = Object.values(DUTCH).map((text) => text.replace("{clock}", "{time}").replace("{month}", "{words}"));
    const dutch = new Catalogue(Object.fromEntries(said.map((text) => [text, text])));
    const left = [...shown].filter(([text]) => dutch.look(text) === null);
    return { known: shown.size - left.length, left };
  };
})();
