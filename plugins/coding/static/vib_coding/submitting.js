// A submit has a key, is sent again until it is answered, and counts once however often it was sent.

import { meaningOf, pauseBefore } from "./answers.js";
import { asksForNext, storesCoding, submitsNew } from "./label_studio.js";
import { cookie, plain } from "./server.js";

/** @typedef {import("./storage.js").Submission} Submission */
/** @typedef {import("./storage.js").Storage} Storage */
/** @typedef {import("./server.js").Work} Work */
/**
 * What a submit needs of the page.
 * @typedef {{storage: Storage | null, newKey: () => string, coding: () => boolean,
 *   prepare: () => Promise<{work: Work | null, last: number | null}>,
 *   trying: (why: "submitting" | "unreachable") => void,
 *   signIn: () => Promise<boolean>,
 *   answered: (work: Work | null, stored: boolean, isNew: boolean) => Promise<void>,
 *   nothingNext: (project: string) => Promise<void>}} Submitting
 */

/** @param {number} milliseconds */
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Send a submit until it is answered by who stores it.
 * @param {Submission} submission
 * @param {Submitting} page
 * @param {RequestInit} [init] Of Label Studio's own request.
 * @returns {Promise<Response>}
 */
export async function sent(submission, page, init = {}) {
  for (let tries = 1; ; tries += 1) {
    const headers = new Headers(init.headers ?? { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") });
    headers.set("X-VIB-Submission", submission.key);
    if (submission.last !== null) headers.set("X-VIB-Work-Last", String(submission.last));
    page.trying(tries === 1 ? "submitting" : "unreachable");
    /** @type {Response | null} */
    let answer = null;
    try {
      answer = await plain(submission.path, { ...init, method: submission.method, body: submission.body, headers, credentials: "same-origin" });
    } catch {
      // No answer came: the server may have it all the same, and answers the same key from what it kept.
    }
    const body = answer && answer.status === 409 ? await answer.clone().json().catch(() => null) : null;
    const meaning = meaningOf(answer?.status ?? 0, body);
    if (answer && meaning === "signin") await page.signIn();
    else if (answer && meaning === "behind") submission.last = (await page.prepare()).last;
    else if (answer && meaning !== "again") {
      await page.storage?.submitted(submission.key).catch(() => undefined);
      await page.answered(submission.work, answer.ok, submitsNew(submission.method, submission.body));
      return answer;
    }
    if (meaning !== "signin") await wait(pauseBefore(tries, Number(answer?.headers.get("Retry-After")) || 0, Math.random()));
  }
}

/**
 * Send again what was submitted and not answered before the page went away.
 * @param {Submitting} page
 * @returns {Promise<number>} How many there were.
 */
export async function sendAgain(page) {
  const left = (await page.storage?.submissions()) ?? [];
  for (const submission of left) await sent(submission, page);
  return left.length;
}

/**
 * Make a request of Label Studio's again once somebody signed in: it leaves the page where it hears that nobody is.
 * @param {RequestInfo | URL} input
 * @param {RequestInit | undefined} init
 * @param {Submitting} page
 */
async function signedIn(input, init, page) {
  for (;;) {
    const answer = await plain(input, init);
    if (answer.status !== 401 || !page.coding()) return answer;
    await page.signIn();
  }
}

/**
 * Answer for Label Studio's requests: those that store a coding, and those that nobody is signed in for any more.
 * @param {Submitting} page
 */
export function answerForSubmits(page) {
  window.fetch = async (input, init) => {
    const method = (init?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
    const address = new URL(input instanceof Request ? input.url : String(input), location.href);
    const body = init?.body;
    if (address.origin !== location.origin || !address.pathname.startsWith("/api/")) return plain(input, init);
    if (typeof body !== "string" || !storesCoding(method, address.pathname) || !body.includes('"result"')) {
      const answer = await signedIn(input, init, page);
      const project = answer.status === 404 ? asksForNext(method, address) : null;
      if (project) await page.nothingNext(project);
      return answer;
    }
    const { work, last } = await page.prepare();
    /** @type {Submission} */
    const submission = { key: page.newKey(), method, path: address.pathname + address.search, body, work, last };
    await page.storage?.submitting(submission).catch(() => undefined);
    return sent(submission, page, init);
  };
}
