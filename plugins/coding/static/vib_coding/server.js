// Asking the server, and hearing what it answered: a status, what it said, and how long it asks to wait.

/** @typedef {{status: number, body: unknown, wait: number}} Answer */
/** @typedef {import("./coding.js").Result} Result */
/** @typedef {import("./coding.js").Change} Change */
/** @typedef {{task: number, annotation: number | null}} Work */
/** @typedef {{client: string, seen: string}} Holder */
/** @typedef {{start: Result[] | null, last: number, changes: Change[], holder: Holder | null, submitted: boolean}} Log */

/** The browser's own fetch; what Label Studio calls is answered for in submitting.js. */
export const plain = window.fetch.bind(window);

const ADDRESS = "/vib/coding";
const PATIENCE = 15_000;

/** @param {string} name */
export function cookie(name) {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/**
 * @param {string} method
 * @param {string} path Below the plugin's address.
 * @param {object} [content] Sent as JSON.
 * @param {boolean} [leaving] The page goes away: the browser is to send it all the same.
 * @returns {Promise<Answer>}
 */
export const ask = (method, path, content, leaving = false) => askAt(method, `${ADDRESS}/${path}`, content, leaving);

/**
 * Return the turns that Label Studio has a coding of a clip begin from; null where the server does not say.
 * @param {number} task
 * @returns {Promise<Result[] | null>}
 */
export async function turnsOf(task) {
  const { status, body } = await askAt("GET", `/api/tasks/${task}/`);
  if (status !== 200) return null;
  return /** @type {{predictions?: {result: Result[]}[]}} */ (body).predictions?.at(-1)?.result ?? [];
}

/**
 * @param {string} method
 * @param {string} address
 * @param {object} [content]
 * @param {boolean} [leaving]
 * @returns {Promise<Answer>}
 */
async function askAt(method, address, content, leaving = false) {
  /** @type {RequestInit} */
  const request = { method, credentials: "same-origin", cache: "no-store", redirect: "error", keepalive: leaving };
  if (!leaving) request.signal = AbortSignal.timeout(PATIENCE);
  if (content) {
    request.body = JSON.stringify(content);
    request.headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") };
  }
  try {
    const answer = await plain(address, request);
    const wait = Number(answer.headers.get("Retry-After")) || 0;
    return { status: answer.status, body: await answer.json().catch(() => null), wait };
  } catch {
    return { status: 0, body: null, wait: 0 };
  }
}

/**
 * The log of one work on the server.
 */
export class ServerLog {
  /**
   * @param {Work} work
   * @param {string} client
   */
  constructor({ task, annotation }, client) {
    this.at = `tasks/${task}`;
    this.query = annotation === null ? "" : `?annotation=${annotation}`;
    this.who = { client, annotation };
  }

  read() {
    return ask("GET", `${this.at}/work${this.query}`);
  }

  /** @param {readonly Result[]} start */
  begin(start) {
    return ask("POST", `${this.at}/work`, { ...this.who, start });
  }

  /**
   * @param {number} after
   * @param {readonly Change[]} changes
   * @param {boolean} [leaving]
   */
  send(after, changes, leaving = false) {
    return ask("POST", `${this.at}/changes`, { ...this.who, after, changes }, leaving);
  }

  /** @param {readonly Result[]} results */
  check(results) {
    return ask("POST", `${this.at}/check`, { ...this.who, results });
  }

  take() {
    return ask("POST", `${this.at}/take`, this.who);
  }
}
