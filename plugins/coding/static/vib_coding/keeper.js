// Keeps every change of one work: at once in the browser, within two seconds on the server, and again until it is there.

import { meaningOf, pauseBefore, reasonOf } from "./answers.js";
import { applied, between, codingOf, rebased, replayed, same } from "./coding.js";
import { historyOf } from "./history.js";

/** @typedef {import("./coding.js").Change} Change */
/** @typedef {import("./coding.js").Coding} Coding */
/** @typedef {import("./coding.js").Operation} Operation */
/** @typedef {import("./coding.js").Result} Result */
/** @typedef {import("./answers.js").Reason} Reason */
/** @typedef {import("./server.js").Answer} Answer */
/** @typedef {import("./server.js").Log} Log */
/** @typedef {import("./server.js").Work} Work */
/** @typedef {import("./storage.js").Kept} Kept */
/** @typedef {{kind: "saved" | "saving"} | {kind: "unsaved", why: Reason, detail?: string}} State */
/**
 * What a keeper needs of the world around it.
 * @typedef {{
 *   log: {read: () => Promise<Answer>, begin: (start: readonly Result[]) => Promise<Answer>, take: () => Promise<Answer>,
 *     send: (after: number, changes: readonly Change[], leaving?: boolean) => Promise<Answer>},
 *   storage: {kept: (work: Work) => Promise<Kept | undefined>, keep: (work: Work, kept: Kept) => Promise<void>,
 *     forget: (work: Work) => Promise<void>} | null,
 *   wait: (milliseconds: number) => Promise<void>, online: () => boolean, now: () => string, chance: () => number,
 *   changed: (state: State) => void,
 *   turned: (why: "signin" | "held" | "moved" | "submitted") => void}} World
 */

const GATHERING = 600;
const AT_ONCE = 200;

export class Keeper {
  /**
   * @param {Work} work
   * @param {string} client
   * @param {World} world
   */
  constructor(work, client, world) {
    this.work = work;
    this.client = client;
    this.world = world;
    /** @type {readonly Result[]} */
    this.start = [];
    this.ready = false;
    this.begun = false;
    this.last = 0;
    /** @type {readonly Change[]} What the server had when it was last asked. */
    this.there = [];
    /** @type {Coding} What the server has, as of number `last`. */
    this.arrived = new Map();
    /** @type {Change[]} */
    this.waiting = [];
    this.most = AT_ONCE;
    this.closed = false;
    /** @type {Promise<void> | null} */
    this.sending = null;
    /** @type {Promise<void> | null} */
    this.writing = null;
    this.unwritten = false;
    this.tries = 0;
    this.resumed = 0;
    /** @type {(() => void) | null} */
    this.wake = null;
    /** @type {State} */
    this.state = { kind: "saved" };
  }

  /**
   * Begin with what this browser kept, while nothing is known yet of what the server has.
   * @param {readonly Result[]} shown What is on the screen: what the coding begins from, where there is no log.
   */
  async open(shown) {
    const kept = await this.world.storage?.kept(this.work).catch(() => undefined);
    this.beginFrom(kept?.start ?? shown);
    this.last = kept?.last ?? 0;
    this.waiting = kept?.changes ?? [];
  }

  /**
   * Begin from other results than those that were on the screen first.
   * @param {readonly Result[]} shown
   */
  beginFrom(shown) {
    this.start = shown;
    this.arrived = codingOf(shown);
  }

  /**
   * Go on from what the server has, with what waits here put on top.
   * @param {Log} log
   * @returns {Promise<Operation[]>} What was done here and stays out, because it was changed elsewhere later.
   */
  async resume(log) {
    const mine = this.coding();
    const live = log.start !== null && !log.submitted;
    const lost = this.ready && log.last < this.last;
    const ours = this.waiting;
    this.ready = true;
    this.resumed += 1;
    this.begun = live;
    if (live) this.start = log.start ?? [];
    this.there = live ? log.changes : [];
    this.last = live ? log.last : 0;
    this.arrived = replayed(this.start, this.there);
    /** @type {Operation[]} */
    let leftOut = [];
    if (lost) {
      // A server that lost the end of its log, put back from an older copy for one, gets all that is here.
      const operations = between(this.arrived, mine);
      this.waiting = operations.length > 0 ? [{ number: this.last + 1, at: this.world.now(), operations }] : [];
    } else {
      const left = ours.filter((change) => !this.there.some(({ number, operations }) => number === change.number && same(operations, change.operations)));
      const theirs = this.there.filter(({ number }) => number >= (left[0]?.number ?? Infinity));
      const onTop = rebased(left, theirs);
      leftOut = onTop.leftOut;
      this.waiting = onTop.changes.map((change, index) => ({ number: this.last + 1 + index, ...change }));
    }
    await this.keep();
    if (this.waiting.length > 0) void this.send();
    else this.say({ kind: "saved" });
    return leftOut;
  }

  /** @returns {Coding} What the server has, with what waits here. */
  coding() {
    return this.waiting.reduce((coding, { operations }) => applied(coding, operations), this.arrived);
  }

  /** @returns {import("./history.js").History} All that was done since the coding began. */
  history() {
    return historyOf(this.start, [...this.there, ...this.waiting]);
  }

  /**
   * Keep a change.
   * @param {readonly Operation[]} operations
   */
  add(operations) {
    if (this.closed) return;
    const number = this.last + this.waiting.length + 1;
    this.waiting.push({ number, at: this.world.now(), operations: [...operations] });
    if (this.state.kind === "saved") this.say({ kind: "saving" });
    void this.keep();
    this.send();
  }

  /**
   * Write down in this browser what waits; it is still sent where the browser keeps nothing.
   *
   * While it is written more may come to wait: that is written in one go after it.
   * @returns {Promise<void>}
   */
  keep() {
    this.unwritten = true;
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async write() {
    const { storage } = this.world;
    while (storage && this.unwritten && !this.closed) {
      this.unwritten = false;
      try {
        if (this.waiting.length === 0) await storage.forget(this.work);
        else await storage.keep(this.work, { client: this.client, start: [...this.start], last: this.last, changes: [...this.waiting] });
      } catch {
        this.world.storage = null;
        return;
      }
    }
  }

  /**
   * Send what waits, now or as soon as it can be.
   * @returns {Promise<void>}
   */
  send() {
    if (!this.ready || this.closed) return Promise.resolve();
    this.sending ??= this.deliver().then((goOn) => {
      this.sending = null;
      return goOn && this.waiting.length > 0 ? this.send() : undefined;
    });
    return this.sending;
  }

  /** Try at once what waits for its next try. */
  hurry() {
    this.wake?.();
    if (this.waiting.length > 0) this.send();
  }

  /**
   * Wait until all is on the server.
   * @param {number} patience Milliseconds.
   * @returns {Promise<boolean>} Whether it is.
   */
  async flush(patience) {
    this.hurry();
    const late = new Promise((resolve) => setTimeout(resolve, patience, "late"));
    while (this.waiting.length > 0) {
      if (!this.ready || this.closed) return false;
      this.wake?.();
      if ((await Promise.race([this.send(), late])) === "late" || this.stuck) return false;
    }
    return true;
  }

  /** Tell whether trying again without doing something first is of no use. */
  get stuck() {
    return this.state.kind === "unsaved" && ["signin", "held", "refused", "gone", "large", "submitted"].includes(this.state.why);
  }

  /** @returns {Promise<boolean>} Whether what comes to wait may be sent at once. */
  async deliver() {
    this.tries = 0;
    await this.pause(GATHERING);
    while (this.waiting.length > 0 && !this.closed) {
      const { resumed } = this;
      const changes = this.waiting.slice(0, this.most);
      const answer = this.begun ? await this.world.log.send(this.last, changes) : await this.world.log.begin(this.start);
      if (this.closed) return false;
      // The answer is about a log that was read again meanwhile; what waits now is sent by its own numbers.
      if (resumed !== this.resumed) continue;
      if (!(await this.heard(answer, changes))) return false;
    }
    if (!this.closed) this.say({ kind: "saved" });
    return true;
  }

  /**
   * Act upon an answer; answers false where nothing more is to be tried for now.
   * @param {Answer} answer
   * @param {readonly Change[]} sent
   * @returns {Promise<boolean>}
   */
  async heard(answer, sent) {
    const meaning = meaningOf(answer.status, answer.body);
    if (meaning === "done") {
      this.tries = 0;
      if (!this.begun) return this.hasBegun(/** @type {Log} */ (answer.body));
      this.most = AT_ONCE;
      this.waiting = this.waiting.slice(sent.length);
      this.there = [...this.there, ...sent];
      this.arrived = sent.reduce((coding, { operations }) => applied(coding, operations), this.arrived);
      this.last += sent.length;
      await this.keep();
      return true;
    }
    if (meaning === "again") {
      this.tries += 1;
      this.say({ kind: "unsaved", why: reasonOf(answer.status, this.world.online()) });
      await this.pause(pauseBefore(this.tries, answer.wait, this.world.chance()));
      return true;
    }
    if (meaning === "large" && sent.length > 1) {
      this.most = Math.ceil(sent.length / 2);
      return true;
    }
    if (meaning === "large" || meaning === "refused") {
      if (this.waiting.length > 1) return this.gather();
      this.say({ kind: "unsaved", why: meaning, detail: detailOf(answer.body) });
      return false;
    }
    if (meaning === "signin" || meaning === "held" || meaning === "submitted") {
      this.say({ kind: "unsaved", why: meaning });
      this.world.turned(meaning);
      return false;
    }
    if (meaning === "behind") {
      this.world.turned("moved");
      return false;
    }
    this.say({ kind: "unsaved", why: "gone" });
    return false;
  }

  /**
   * Take up a log that was begun just now, or that somebody else began meanwhile.
   * @param {Log} log
   */
  hasBegun(log) {
    if (log.last > 0 || (log.start && !same(log.start, this.start))) {
      this.world.turned("moved");
      return false;
    }
    this.begun = true;
    return true;
  }

  /** Make one change of all that waits: where the bad part of it was undone, nothing bad is left to send. */
  gather() {
    const operations = between(this.arrived, this.coding());
    this.waiting = operations.length > 0 ? [{ number: this.last + 1, at: this.world.now(), operations }] : [];
    void this.keep();
    return true;
  }

  /**
   * Tell the server that this tab is still there, by the last change once more; it is there, and so passed over.
   * @returns {Promise<import("./answers.js").Meaning>}
   */
  async beat() {
    const change = this.there.at(-1);
    if (!this.begun || !change || this.waiting.length > 0 || this.closed) return "done";
    const answer = await this.world.log.send(change.number - 1, [change]);
    return meaningOf(answer.status, answer.body);
  }

  /** Send what waits while the page goes away: nobody will hear the answer. */
  leave() {
    if (this.ready && this.begun && this.waiting.length > 0 && !this.stuck) void this.world.log.send(this.last, this.waiting.slice(0, this.most), true);
  }

  /** Stop, once submitted or because another tab goes on. What is kept in the browser stays unless it was submitted. */
  close() {
    this.closed = true;
    this.wake?.();
  }

  /** Forget all of it: it was submitted. */
  async submitted() {
    this.close();
    await this.writing;
    await this.world.storage?.forget(this.work).catch(() => undefined);
  }

  /** @param {number} milliseconds */
  async pause(milliseconds) {
    const woken = new Promise((resolve) => {
      this.wake = () => resolve(undefined);
    });
    await Promise.race([this.world.wait(milliseconds), woken]);
    this.wake = null;
  }

  /** @param {State} state */
  say(state) {
    this.state = state;
    this.world.changed(state);
  }
}

/** @param {unknown} body */
function detailOf(body) {
  if (typeof body !== "object" || body === null) return "";
  const { detail, reason, place } = /** @type {Record<string, unknown>} */ (body);
  return [place, reason ?? detail].filter((part) => typeof part === "string").join(": ");
}

