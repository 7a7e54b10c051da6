// The words of the page, and how sizes and lengths are written.

/**
 * @typedef {{words: Record<string, string>, language: string, sending: string, longest: number}} About
 * What the server says to this page; `longest` in seconds.
 */

/** @type {About} */
export const about = JSON.parse(document.getElementById("vib-intake")?.textContent ?? "");

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export const say = (name, values = {}) =>
  Object.entries(values).reduce((text, [place, value]) => text.replace(`{${place}}`, String(value)), about.words[name] ?? name);

/**
 * @param {number} bytes
 * @returns {string}
 */
export function sized(bytes) {
  const [unit, by] = bytes >= 1e9 ? ["GB", 1e9] : bytes >= 1e6 ? ["MB", 1e6] : ["kB", 1e3];
  return `${(bytes / by).toLocaleString(about.language, { maximumFractionDigits: unit === "GB" ? 1 : 0 })} ${unit}`;
}

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
