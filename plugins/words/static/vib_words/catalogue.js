// Looking up what Label Studio says: whole texts, and texts with something in them that differs.

/**
 * @typedef {{start: string, found: RegExp, to: string}} Pattern
 */

const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";

/** What may stand in the place of `{number}` and the like; of any other name, whatever is there. */
const KINDS = /** @type {Readonly<Record<string, string>>} */ ({
  number: "-?\\d+(?:[.,:]\\d+)*",
  month: `${MONTHS}|${MONTHS.replace(/(\w{3})\w*/g, "$1")}`,
  time: "\\d{1,2}:\\d\\d(?::\\d\\d)?",
  clock: "\\d{1,2}:\\d\\d(?::\\d\\d)? [AP]M",
});

/** What is translated itself where it stands in a text; a text in which it is not known stays as it is. */
const WORDS = new Set(["month", "duration", "words"]);

/** @param {string} name A place in a text; a second of one kind has a number behind it. */
const kindOf = (name) => name.replace(/\d+$/, "");

/** @param {string} text */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @param {string} said A time of day with AM or PM. */
function in24Hours(said) {
  const [hours = "", ...rest] = said.slice(0, -3).split(":");
  return [(Number(hours) % 12) + (said.endsWith("PM") ? 12 : 0), ...rest].map((part) => String(part).padStart(2, "0")).join(":");
}

export class Catalogue {
  /** @param {Readonly<Record<string, string>>} texts What is said, and how it is said in another language. */
  constructor(texts) {
    /** @type {Map<string, string>} */
    this.whole = new Map();
    /** @type {Pattern[]} */
    this.patterns = [];
    for (const [said, to] of Object.entries(texts)) {
      if (!/\{\w+\}/.test(said)) this.whole.set(said, to);
      else {
        const found = said.split(/\{(\w+)\}/).map((part, at) => (at % 2 ? `(?<${part}>${KINDS[kindOf(part)] ?? ".+?"})` : literal(part)));
        this.patterns.push({ start: said.replace(/\{.*/, ""), found: new RegExp(`^${found.join("")}$`), to });
      }
    }
  }

  /**
   * @param {string} text As it stands on the page, with the white space around it.
   * @returns {string | null} The same in the other language; null where it is not known.
   */
  translated(text) {
    const said = text.trim();
    if (said.length < 2 && !this.whole.has(said)) return null;
    const to = this.look(said.replace(/\s+/g, " "));
    return to === null || to === said ? null : text.replace(said, () => to);
  }

  /**
   * @param {string} said
   * @returns {string | null}
   */
  look(said) {
    const whole = this.whole.get(said);
    if (whole !== undefined) return whole;
    for (const { start, found, to } of this.patterns) {
      const parts = said.startsWith(start) ? said.match(found)?.groups : undefined;
      const filled = parts ? this.fill(to, parts) : null;
      if (filled !== null) return filled;
    }
    return null;
  }

  /**
   * @param {string} to
   * @param {Record<string, string>} parts
   * @returns {string | null} Null where a part is to be translated and is not known.
   */
  fill(to, parts) {
    let known = true;
    const filled = to.replace(/\{(\w+)\}/g, (_, name) => {
      const part = this.part(kindOf(name), parts[name] ?? "");
      known &&= part !== null;
      return part ?? "";
    });
    return known ? filled : null;
  }

  /**
   * @param {string} kind
   * @param {string} said
   * @returns {string | null}
   */
  part(kind, said) {
    if (kind === "clock") return in24Hours(said);
    return WORDS.has(kind) ? this.look(said) : said;
  }
}
