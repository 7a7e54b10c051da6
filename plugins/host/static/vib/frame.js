// On Label Studio's own pages: the same colours as on ours, and a header of which the height is known.
// It runs before Label Studio's script that looks in the browser's storage which colours were chosen.

(() => {
  const root = document.documentElement;
  const chosen = root.dataset["theme"];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  localStorage.setItem("preferred-color-scheme", chosen === "dark" ? "Dark" : chosen === "light" ? "Light" : "Auto");
  dark.addEventListener("change", () => {
    if (!chosen) root.setAttribute("data-color-scheme", dark.matches ? "dark" : "light");
  });

  /** @param {HTMLElement} header */
  function followHeight(header) {
    new ResizeObserver(() => root.style.setProperty("--vib-header", `${header.offsetHeight}px`)).observe(header);
  }

  /** Skip by focus alone: another address would tell the application that its page has changed. */
  function skipQuietly() {
    document.querySelector(".vib-skip")?.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById("_main")?.focus();
    });
  }

  /** @param {HTMLElement} header */
  function closeMenus(header) {
    const close = () => header.querySelectorAll("details[open]").forEach((menu) => menu.removeAttribute("open"));
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !header.contains(event.target)) close();
    }, true);
  }

  /**
   * The application would fetch what a link leads to, and put it within itself.
   * @param {HTMLElement} header
   */
  function leaveForGood(header) {
    for (const link of header.querySelectorAll("a")) link.dataset["external"] = "";
  }

  /**
   * The application has gone on to another address since the page was loaded.
   * @param {HTMLElement} header
   */
  function keepAddress(header) {
    header.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest(".vib-languages a");
      if (!(link instanceof HTMLAnchorElement)) return;
      const here = new URL(location.href);
      here.searchParams.set("lang", link.hreflang);
      link.href = here.href;
    });
  }

  addEventListener("DOMContentLoaded", () => {
    const header = document.querySelector(".vib-header");
    if (!(header instanceof HTMLElement)) return;
    followHeight(header);
    skipQuietly();
    closeMenus(header);
    leaveForGood(header);
    keepAddress(header);
  });
})();
