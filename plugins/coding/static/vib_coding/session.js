// One coding on the screen: each change is noticed, kept, and can be undone.

import { applied, between, codingOf } from "./coding.js";
import { done, NOTHING_DONE, redone, undone } from "./history.js";
import { lossesOf } from "./saying.js";

/** @typedef {import("./coding.js").Coding} Coding */
/** @typedef {import("./coding.js").Operation} Operation */
/** @typedef {import("./history.js").History} History */
/** @typedef {import("./keeper.js").Keeper} Keeper */
/** @typedef {import("./label_studio.js").Opened} Opened */
/**
 * @typedef {{stepped: (losses: import("./saying.js").Loss[]) => void, refused: (operations: Operation[]) => void}} Listener
 */

const REST = 10_000;
const DRAFT_PATIENCE = 10_000;

export class Session {
  /**
   * @param {Opened} opened
   * @param {Keeper} keeper
   * @param {Listener} listener
   */
  constructor(opened, keeper, listener) {
    this.opened = opened;
    this.keeper = keeper;
    this.listener = listener;
    this.coding = opened.coding();
    /** @type {Coding} What there was before anything was coded here. */
    this.began = this.coding;
    /** @type {History} */
    this.history = NOTHING_DONE;
    this.noticing = false;
    this.rest = 0;
    this.drafted = true;
    /** The draft of Label Studio's at the last submit. */
    this.draftNumber = 0;
    opened.stopItsOwnDrafts();
    this.unfollow = opened.follow(() => this.notice());
  }

  /** Look at what changed once Label Studio is done with what it does now. */
  notice() {
    if (this.noticing) return;
    this.noticing = true;
    queueMicrotask(() => {
      this.noticing = false;
      if (this.opened.current) this.step();
    });
  }

  /** Keep what changed since the last look, as one step. */
  step() {
    const now = this.opened.coding();
    const operations = between(this.coding, now);
    if (operations.length === 0) return;
    const losses = lossesOf(this.coding, operations);
    this.history = done(this.history, { done: operations, back: between(now, this.coding) });
    this.kept(now, operations);
    this.listener.stepped(losses);
  }

  /**
   * @param {Coding} coding
   * @param {readonly Operation[]} operations
   */
  kept(coding, operations) {
    this.coding = coding;
    this.keeper.add(operations);
    this.opened.stopItsOwnDrafts();
    this.drafted = false;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.draft(), REST);
  }

  /** Have Label Studio save a whole draft of what changed since the last. */
  async draft() {
    clearTimeout(this.rest);
    if (this.drafted || !this.opened.current) return;
    this.drafted = true;
    await this.opened.draft(DRAFT_PATIENCE);
  }

  undo() {
    this.travel(undone(this.history));
  }

  redo() {
    this.travel(redone(this.history));
  }

  /** @param {{operations: readonly Operation[], history: History} | null} way */
  travel(way) {
    if (!way) return;
    this.step();
    this.history = way.history;
    this.make(way.operations);
    this.listener.stepped([]);
  }

  /**
   * Make operations that are a step of their own.
   * @param {readonly Operation[]} operations
   */
  act(operations) {
    if (operations.length === 0) return;
    const before = this.coding;
    this.make(operations);
    this.history = done(this.history, { done: operations, back: between(this.coding, before) });
    this.listener.stepped([]);
  }

  /** Tell whether nothing is on the screen that was not submitted before, and nothing was coded. */
  get untouched() {
    return this.coding.size === 0 && this.keeper.coding().size === 0 && this.history.past.length === 0 && this.opened.number === null;
  }

  /**
   * Put turns on a screen that is untouched, from which the coding begins.
   * @param {readonly import("./coding.js").Result[]} turns
   */
  beginFrom(turns) {
    this.opened.apply(turns.map((turn) => ({ put: turn })));
    this.coding = this.began = this.opened.coding();
    this.keeper.beginFrom([...this.coding.values()]);
  }

  /** What Reset would do now. */
  get resetting() {
    return between(this.coding, this.began);
  }

  /**
   * Make operations on the screen and keep them.
   * @param {readonly Operation[]} operations
   */
  make(operations) {
    const wanted = applied(this.coding, operations);
    const was = this.coding;
    this.opened.apply(operations);
    const now = this.opened.coding();
    const refused = between(now, wanted);
    this.kept(now, refused.length === 0 ? operations : between(was, now));
    if (refused.length > 0) this.listener.refused(refused);
  }

  /** Put on the screen what the keeper has, with what was done here meanwhile on top of it. */
  restore() {
    this.step();
    const coding = this.keeper.coding();
    this.opened.apply(between(this.coding, coding));
    this.coding = this.opened.coding();
    this.began = codingOf(this.keeper.start);
    this.history = this.keeper.history();
    const refused = between(this.coding, coding);
    if (refused.length > 0) this.listener.refused(refused);
  }

  /** Stop looking; what waits is still sent. */
  leave() {
    this.unfollow();
    clearTimeout(this.rest);
  }
}
