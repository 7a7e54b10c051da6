// Sending recordings, several at once, so that nothing that arrived is sent twice: by tus, with pieces that fit the line.
// What the server knows is where sending goes on: nothing is kept in this browser, on a computer of others too.

import { secondsOf } from "./film.js";
import { Line } from "./line.js";
import { FIRST, after, smaller } from "./pieces.js";
import { about, clock, say, sized } from "./saying.js";

/** @typedef {import("./line.js").Told} Told */

const { Upload } = /** @type {any} */ (globalThis).tus;

const AT_ONCE = 2;
/** Milliseconds until it is looked again how far things are: while they are made, and while they wait for a person. */
const LOOK_AGAIN = 2000;
const LOOK_LATER = 30_000;
const PATIENCE = 20_000;

/** Milliseconds before a piece is tried again, the first time and so on; the last goes on for a day. */
const PAUSES = [0, 1000, 2000, 5000, ...Array(8640).fill(10_000)];

const list = /** @type {HTMLElement} */ (document.getElementById("recordings"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("files"));

/** @type {Map<string, Line>} What the server told of, by address. */
const lines = new Map();
/** @type {Map<string, Told>} */
const known = new Map();
/** @type {Set<string>} Addresses to which this page sends now. */
const busy = new Set();
/** @type {(() => void)[]} What waits until another is done. */
const waiting = [];
let running = 0;

/** @type {any} */
let awake = null;

async function stayAwake() {
  try {
    awake ??= await /** @type {any} */ (navigator).wakeLock.request("screen");
    awake.onrelease = () => (awake = null);
  } catch {
    // A browser that cannot, or may not now, sends as well.
  }
}

/** @param {() => void} start */
function inTurn(start) {
  if (running < AT_ONCE) {
    running += 1;
    start();
  } else waiting.push(start);
}

function next() {
  const start = waiting.shift();
  if (start) return start();
  running -= 1;
  if (!running) awake?.release();
}

/**
 * @param {string} address
 * @param {string} [method]
 * @returns {Promise<{status: number, body: any}>}
 */
async function ask(address, method = "GET") {
  try {
    const headers = method === "GET" ? undefined : { "Tus-Resumable": "1.0.0" };
    const answer = await fetch(address, {
      method, credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE),
      ...(headers ? { headers } : {}),
    });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  }
}

/** @param {any} error Of tus-js-client. */
function statusOf(error) {
  return error?.originalResponse?.getStatus() ?? 0;
}

/** @param {any} error Of tus-js-client. */
function reasonOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).detail || say("failed");
  } catch {
    return say("failed");
  }
}

/** @param {number} status */
const passes = (status) => status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;

/** @param {File} file */
function before(file) {
  const found = [...known.values()].find(
    (told) => told.stage === "sending" && told.original === file.name && told.length === file.size && told.modified === file.lastModified,
  );
  return found && !busy.has(found.address) ? found.address : null;
}

/**
 * @param {File} file
 * @param {string | null} resumed
 * @param {Line} line
 */
async function send(file, resumed, line) {
  line.show(say("queued"), null);
  if (resumed) busy.add(resumed);
  const seconds = await secondsOf(file);
  if (seconds !== null && seconds > about.longest) {
    if (resumed) busy.delete(resumed);
    const length = { length: clock(seconds), hours: about.longest / 3600 };
    return line.show(say("too_long", length), null, [{ text: say("forget"), do: () => line.remove() }], { wrong: true });
  }
  inTurn(() => sendNow(file, line, resumed));
}

/**
 * @param {File} file
 * @param {Line} line
 * @param {string | null} resumed
 */
function sendNow(file, line, resumed) {
  let since = performance.now();
  const stop = { text: say("stop"), do: () => pause() };
  const upload = new Upload(file, {
    endpoint: about.sending,
    uploadUrl: resumed,
    chunkSize: FIRST,
    retryDelays: PAUSES,
    storeFingerprintForResuming: false,
    metadata: { filename: file.name, filetype: file.type, modified: String(file.lastModified) },
    onUploadUrlAvailable() {
      const address = new URL(upload.url, location.href).pathname;
      busy.add(address);
      lines.set(address, line);
      since = performance.now();
    },
    /** @param {number} sent @param {number} total */
    onProgress(sent, total) {
      line.show(say("sending", { sent: sized(sent), total: sized(total), percent: Math.floor((100 * sent) / total) }), sent / total, [stop]);
    },
    /** @param {number} size */
    onChunkComplete(size) {
      upload.options.chunkSize = after(size, (performance.now() - since) / 1000);
      since = performance.now();
    },
    /** @param {any} error */
    onShouldRetry(error) {
      upload.options.chunkSize = smaller(upload.options.chunkSize);
      since = performance.now();
      const again = passes(statusOf(error));
      if (again) line.show(say("lost"), null, [stop]);
      return again;
    },
    /** @param {any} error */
    onError(error) {
      const status = statusOf(error);
      if (status === 401 || status === 403) return wait(say("signed_out"), true);
      const address = addressOf();
      finished(address);
      line.show(say("refused", { reason: reasonOf(error) }), null, [{ text: say("forget"), do: () => line.remove() }], { wrong: true });
    },
    onSuccess() {
      line.show(say("arrived"), 1);
      finished(addressOf());
      look();
    },
  });

  const addressOf = () => (upload.url ? new URL(upload.url, location.href).pathname : "");

  /** @param {string} address */
  function finished(address) {
    busy.delete(address);
    next();
  }

  /**
   * @param {string} text
   * @param {boolean} wrong
   */
  function wait(text, wrong) {
    const address = addressOf();
    finished(address);
    if (address) busy.add(address);
    const go = { text: say("go_on"), main: true, do: () => inTurn(() => sendNow(file, line, address || null)) };
    line.show(text, null, [go, { text: say("throw_away"), do: () => throwAway(address, line) }], { wrong });
  }

  async function pause() {
    await upload.abort();
    wait(say("stopped"), false);
  }

  line.show(say("sending_begins"), 0, [stop]);
  stayAwake();
  upload.start();
}

/**
 * @param {string} address
 * @param {Line} line
 */
async function throwAway(address, line) {
  if (address) {
    const { status } = await ask(address, "DELETE");
    if (status !== 204 && status !== 404) return;
  }
  busy.delete(address);
  known.delete(address);
  lines.delete(address);
  line.remove();
}

let looking = 0;

const MADE = ["arrived", "placed", "making"];

/** Ask the server how far everything is, and go on asking as long as something is on its way there. */
async function look() {
  clearTimeout(looking);
  // The server takes this for a page that asks by itself, not for somebody who is there.
  const { status, body } = await ask(`${about.sending}?interaction=timer`);
  if (status === 200) for (const told of /** @type {Told[]} */ (body.recordings)) tell(told);
  const stages = [...known.values()].map((told) => told.stage);
  const again = status !== 200 || stages.includes("held") ? LOOK_LATER : 0;
  const wait = stages.some((stage) => MADE.includes(stage)) ? LOOK_AGAIN : again;
  if (wait && !document.hidden) looking = setTimeout(look, wait);
}

/** @param {Told} told */
function tell(told) {
  known.set(told.address, told);
  if (busy.has(told.address)) return;
  const line = lines.get(told.address) ?? new Line(list, told.original, told.length);
  lines.set(told.address, line);
  const away = () => throwAway(told.address, line);
  if (told.stage !== "sending") return line.tell(told, away);
  const text = say("choose_again", { percent: Math.floor((100 * told.offset) / told.length) });
  const again = { text: say("choose"), main: true, do: () => input.click() };
  line.show(text, told.offset / told.length, [again, { text: say("throw_away"), do: away }]);
}

input.addEventListener("change", () => {
  const files = [...(input.files ?? [])];
  input.value = "";
  // The first that was chosen is sent first, and stands at the top.
  const chosen = files.reverse().map((file) => {
    const resumed = before(file);
    return { file, resumed, line: (resumed && lines.get(resumed)) || new Line(list, file.name, file.size) };
  });
  for (const { file, resumed, line } of chosen.reverse()) send(file, resumed, line);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
  if (!document.hidden && running) stayAwake();
});
window.addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault();
});
look();
