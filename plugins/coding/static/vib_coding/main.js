// The script of the labelling page: finds what is being coded, keeps it, and answers for what could lose it.

import { meaningOf, pauseBefore, reasonOf } from "./answers.js";
import { brokenIn, groupsOf } from "./checking.js";
import { clientOfThisTab, isGone, newKey } from "./client.js";
import { brokenQuestion, question, signInQuestion } from "./dialogs.js";
import { latestCode } from "./explaining.js";
import { guard } from "./guard.js";
import { Keeper } from "./keeper.js";
import { opened, Opened } from "./label_studio.js";
import { answerWhere, momentOf } from "./others.js";
import { codesIn, codesOf, lossesOf, turnOf, turnsIn } from "./saying.js";
import { ServerLog, turnsOf } from "./server.js";
import { Session } from "./session.js";
import { enter } from "./signing.js";
import { Status } from "./status.js";
import { Storage } from "./storage.js";
import { answerForSubmits, sendAgain } from "./submitting.js";
import { clock, page, saying } from "./words.js";

/** @typedef {import("./server.js").Log} Log */
/** @typedef {import("./coding.js").Operation} Operation */
/** @typedef {import("./saying.js").Loss} Loss */

const LOOK = 250;
const ALIVE = 20_000;
const STALE = 180_000;
const SUBMIT_PATIENCE = 60_000;
const LATER = 120_000;
const QUIET = 5000;

/** @param {number} milliseconds */
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Leave for a page of ours. What waits for this is not answered any more: Label Studio is to go nowhere else meanwhile.
 * @param {string} path
 * @returns {Promise<void>}
 */
function goTo(path) {
  location.assign(`/vib/coding/${path}`);
  return new Promise(() => undefined);
}

class Screen {
  /**
   * @param {import("./words.js").Page} about
   * @param {string} client
   * @param {Storage | null} storage
   */
  constructor(about, client, storage) {
    this.about = about;
    this.client = client;
    this.storage = storage;
    this.say = saying(about.words);
    /** @type {Session | null} */
    this.session = null;
    /** @type {ServerLog | null} */
    this.log = null;
    this.busy = false;
    /** @type {Promise<string> | null} */
    this.entering = null;
    this.quietUntil = 0;
    /** @type {Promise<string> | null} */
    this.asked = null;
    this.status = new Status(this.say, {
      undo: () => this.session?.undo(),
      redo: () => this.session?.redo(),
      reset: () => void this.reset(),
      explain: () => this.explain(),
      more: () => this.more(),
    });
    /** @type {import("./submitting.js").Submitting} */
    this.submits = {
      storage,
      newKey,
      coding: () => this.session !== null,
      prepare: () => this.prepare(),
      trying: (why) => this.status.show(why === "submitting" ? { kind: "saving" } : { kind: "unsaved", why: "unreachable" }),
      signIn: () => this.signIn(),
      answered: (work, stored, isNew) => this.answered(work, stored, isNew),
      nothingNext: (project) => goTo(`projects/${project}/done`),
    };
  }

  /** What is on the screen is looked for again and again: Label Studio goes to the next task without loading a page. */
  look() {
    const found = this.busy ? null : opened(this.about.account);
    const before = this.session?.opened;
    if (before && (!found || found.annotation !== before.annotation) && !this.busy) this.leave();
    if (found && !this.session && !this.busy) void this.mount(found);
    if (this.session) this.status.place();
    found?.tidy();
  }

  leave() {
    this.session?.leave();
    this.session?.keeper.hurry();
    this.session = null;
    this.log = null;
    this.status.hide();
  }

  /** @param {Opened} found */
  async mount(found) {
    this.busy = true;
    try {
      const work = { task: found.task, annotation: found.number };
      const log = new ServerLog(work, this.client);
      const keeper = new Keeper(work, this.client, {
        log,
        storage: this.storage,
        wait,
        online: () => navigator.onLine,
        now: () => new Date().toISOString(),
        chance: Math.random,
        changed: (state) => this.session?.keeper === keeper && this.status.show(state),
        turned: (why) => void this.turned(keeper, why),
      });
      await keeper.open([...found.coding().values()]);
      this.log = log;
      this.session = new Session(found, keeper, {
        stepped: (losses) => this.stepped(losses),
        refused: (operations) => console.warn("Label Studio did not take", operations),
      });
      this.status.show({ kind: "saving" });
      this.status.place();
      this.stepped([]);
      void this.connect(this.session, log);
    } finally {
      this.busy = false;
    }
  }

  /**
   * Read the log of a work until the server answers, and go on from there.
   * @param {Session} session
   * @param {ServerLog} log
   */
  async connect(session, log) {
    for (let tries = 1; this.session === session; tries += 1) {
      const answer = await log.read();
      const meaning = meaningOf(answer.status, answer.body);
      if (meaning === "done") {
        const found = /** @type {Log} */ (answer.body);
        const taken = await this.hold(session, log, found);
        if (taken) await this.resume(session, taken);
        return;
      }
      if (meaning === "gone" || meaning === "refused") {
        session.opened.readOnly(true);
        return this.status.show({ kind: "unsaved", why: "gone" });
      }
      if (meaning === "signin") await this.signIn();
      else {
        this.status.show({ kind: "unsaved", why: reasonOf(answer.status, navigator.onLine) });
        await wait(pauseBefore(tries, answer.wait, Math.random()));
      }
    }
  }

  /**
   * Become the one who codes this work, where nobody else does or where somebody says so.
   * @param {Session} session
   * @param {ServerLog} log
   * @param {Log} found
   * @returns {Promise<Log | null>} The log to go on from; null where another window goes on.
   */
  async hold(session, log, found) {
    const { holder } = found;
    if (!holder || holder.client === this.client || found.start === null || found.submitted) return found;
    const gone = await isGone(holder.client);
    const stale = Date.now() - Date.parse(holder.seen) > STALE;
    return gone || stale ? this.take(log) : this.askToTake(session, log);
  }

  /**
   * @param {Session} session
   * @param {ServerLog} log
   * @returns {Promise<Log | null>}
   */
  async askToTake(session, log) {
    this.status.show({ kind: "unsaved", why: "held" });
    // One question, also where Label Studio drew the clip anew while it was on the screen.
    this.asked ??= question({
      title: this.say("held_title"),
      text: [this.say("held_text")],
      choices: [
        { name: "take", label: this.say("held_take"), main: true },
        { name: "look", label: this.say("held_look") },
      ],
      escape: null,
    }).finally(() => {
      this.asked = null;
    });
    const choice = await this.asked;
    if (this.session !== session) return null;
    if (choice === "take") {
      this.status.show({ kind: "saving" });
      return this.take(log);
    }
    session.opened.readOnly(true);
    this.status.show({ kind: "unsaved", why: "held" });
    return null;
  }

  /** @param {ServerLog} log */
  async take(log) {
    for (let tries = 1; ; tries += 1) {
      const answer = await log.take();
      const meaning = meaningOf(answer.status, answer.body);
      if (meaning === "done") return /** @type {Log} */ (answer.body);
      if (meaning === "signin") await this.signIn();
      else if (meaning !== "again") return null;
      else await wait(pauseBefore(tries, answer.wait, Math.random()));
    }
  }

  /**
   * @param {Session} session
   * @param {Log} log
   */
  async resume(session, log) {
    if (log.start === null && session.untouched) await this.begin(session);
    const leftOut = await session.keeper.resume(log);
    if (this.session !== session || !session.opened.current) return;
    session.opened.readOnly(false);
    session.restore();
    this.stepped([]);
    if (leftOut.length > 0) this.status.tell(this.say("left_out", { number: leftOut.length }), null);
  }

  /**
   * Have a coding begin from the turns of its clip. Label Studio draws it without them where its list of clips comes late.
   * @param {Session} session
   */
  async begin(session) {
    const turns = await turnsOf(session.opened.task);
    if (turns?.length && this.session === session && session.opened.current && session.untouched) session.beginFrom(turns);
  }

  /**
   * @param {Keeper} keeper
   * @param {"signin" | "held" | "moved" | "submitted"} why
   */
  async turned(keeper, why) {
    const { session, log } = this;
    if (!session || !log || session.keeper !== keeper) return;
    if (why === "signin") {
      if (await this.signIn()) keeper.hurry();
    } else if (why === "submitted") {
      await keeper.submitted();
      await this.inform("submitted_title", "submitted_text");
      location.reload();
    } else if (why === "held") {
      const taken = await this.askToTake(session, log);
      if (taken) await this.resume(session, taken);
    } else await this.connect(session, log);
  }

  more() {
    const { session, log } = this;
    const state = session?.keeper.state;
    if (!session || !log) return;
    this.quietUntil = 0;
    if (state?.kind === "unsaved" && state.why === "signin") void this.turned(session.keeper, "signin");
    else void this.askToTake(session, log).then((taken) => taken && this.resume(session, taken));
  }

  /**
   * Have somebody sign in without leaving the page; one question, however many requests ask for it.
   * @returns {Promise<boolean>} Whether they did.
   */
  async signIn() {
    this.status.show({ kind: "unsaved", why: "signin" });
    if (Date.now() < this.quietUntil) {
      await wait(QUIET);
      return false;
    }
    this.entering ??= signInQuestion(this.say, this.about.email, async (email, password) => {
      const { account, wrong } = await enter(email, password);
      if (wrong) return this.say(wrong);
      // Somebody else: this page, and what it kept, is not theirs.
      if (account !== this.about.account) location.assign("/");
      return "";
    }).finally(() => {
      this.entering = null;
    });
    const choice = await this.entering;
    if (choice === "later") this.quietUntil = Date.now() + LATER;
    else if (this.session) this.status.show(this.session.keeper.state);
    return choice === "done";
  }

  /**
   * @param {string} title
   * @param {string} text
   */
  inform(title, text) {
    return question({ title: this.say(title), text: [this.say(text)], choices: [{ name: "well", label: this.say("well"), main: true }], escape: "well" });
  }

  /** @param {Loss[]} losses */
  stepped(losses) {
    const { session } = this;
    if (!session) return;
    this.status.can(session.history.past.length > 0, session.history.future.length > 0, session.resetting.length > 0);
    if (losses.length === 0) this.status.quiet();
    else this.status.tell(this.told(session.opened, losses), () => session.undo());
  }

  /**
   * @param {Opened} found
   * @param {Loss[]} losses
   */
  told(found, losses) {
    const [first] = losses;
    if (!first) return "";
    if (losses.length > 1) {
      const codes = losses.reduce((sum, loss) => sum + loss.codes.length, 0);
      return this.say("lost_many", { turns: losses.length, codes });
    }
    const codes = first.codes.flatMap((code) => found.words(code)).join(", ");
    const parts = { turn: this.named(found, first.turn), codes };
    if (first.kind === "relabelled") return this.say("relabelled", parts);
    return this.say(codes ? "deleted_coded" : "deleted", parts);
  }

  /**
   * @param {Opened} found
   * @param {import("./coding.js").Result} turn
   */
  named(found, turn) {
    return `${found.words(turn).join(", ")} ${clock(turn.value.start)}–${clock(turn.value.end)}`;
  }

  /**
   * Answer for the key that deletes; answers false where Label Studio may do so itself.
   * @param {boolean} all
   */
  remove(all) {
    const { session } = this;
    if (!session) return false;
    session.step();
    const { coding } = session;
    const ids = new Set(all ? [...coding.values()].map(({ id }) => id) : session.opened.selected());
    const gone = [...coding.values()].filter(({ id, value }) => ids.has(id) && "start" in value);
    const operations = gone.map(({ id, from_name }) => ({ remove: /** @type {[string, string]} */ ([id, from_name]) }));
    if (!all && ![...ids].some((id) => codesOf(coding, id).length > 0)) return false;
    const losses = lossesOf(coding, operations);
    if (losses.length > 0) void this.askToDelete(session, operations, losses);
    return true;
  }

  /**
   * @param {Session} session
   * @param {Operation[]} operations
   * @param {Loss[]} losses
   */
  async askToDelete(session, operations, losses) {
    const choice = await question({
      title: this.say(losses.length === 1 ? "delete_title" : "delete_many_title"),
      text: [this.told(session.opened, losses).replace(/^[^:]*: /, ""), this.say("can_be_undone")],
      choices: [
        { name: "delete", label: this.say("delete"), main: true },
        { name: "keep", label: this.say("keep") },
      ],
      escape: "keep",
    });
    if (choice !== "delete" || this.session !== session) return;
    session.act(operations);
    this.status.tell(this.told(session.opened, losses), () => session.undo());
  }

  async reset() {
    const { session } = this;
    if (!session) return;
    session.step();
    const losses = lossesOf(session.coding, session.resetting);
    const codes = session.resetting.filter((one) => !("put" in one) || !("labels" in one.put.value)).length;
    const choice = await question({
      title: this.say("reset_title"),
      text: [this.say("reset_text", { turns: session.resetting.length - codes, codes, gone: losses.length }), this.say("can_be_undone")],
      choices: [
        { name: "reset", label: this.say("reset"), main: true },
        { name: "keep", label: this.say("cancel") },
      ],
      escape: "keep",
    });
    if (choice !== "reset" || this.session !== session) return;
    session.act(session.resetting);
    this.status.tell(this.say("was_reset"), () => session.undo());
  }

  /**
   * Submit what is on the screen, once all of it is on the server.
   * @param {boolean} exit
   */
  async submit(exit) {
    const { session } = this;
    if (!session || this.busy || session.opened.submitting) return;
    this.busy = true;
    try {
      session.step();
      if (!(await this.meant(session))) return;
      if (!(await session.keeper.flush(SUBMIT_PATIENCE))) return void this.inform("not_submitted_title", "not_submitted_text");
      if (!(await this.allowed(session))) return;
      await session.draft();
      if (exit) history.pushState(null, "", `${location.pathname}?${new URLSearchParams([...new URLSearchParams(location.search), ["exitStream", "true"]])}`);
      session.draftNumber = session.opened.draftNumber;
      session.opened.submit();
    } finally {
      this.busy = false;
    }
  }

  /**
   * Ask about a coding in which nothing was coded, whether it was meant.
   * @param {Session} session
   */
  async meant(session) {
    const empty = turnsIn(session.coding) + codesIn(session.coding) === 0;
    const untouched = session.opened.number === null && session.keeper.last === 0 && session.resetting.length === 0;
    if (!empty && !untouched) return true;
    const choice = await question({
      title: this.say(empty ? "empty_title" : "untouched_title"),
      text: [this.say(empty ? "empty_text" : "untouched_text")],
      choices: [
        { name: "back", label: this.say("go_on"), main: true },
        { name: "submit", label: this.say("submit_anyway") },
      ],
      escape: "back",
    });
    return choice === "submit";
  }

  /**
   * Ask the server which rules of the codebook a coding breaks, and who codes what to do about it.
   * Where the server does not answer, the submit itself is what finds out.
   * @param {Session} session
   */
  async allowed(session) {
    const answer = await this.log?.check([...session.coding.values()]);
    const groups = groupsOf(brokenIn(answer?.status === 200 ? answer.body : null));
    if (groups.length === 0) return true;
    const { choice, place } = await brokenQuestion(this.say, groups);
    if (place && this.session === session && session.opened.current) session.opened.goTo(place.turn, place.start);
    return choice === "submit";
  }

  /** Have all of it on the server before a submit, and say of which work and how far. */
  async prepare() {
    const { session } = this;
    if (!session) return { work: null, last: null };
    session.step();
    if (!(await session.keeper.flush(SUBMIT_PATIENCE)) && this.log) await this.connect(session, this.log);
    return { work: session.keeper.work, last: session.keeper.begun ? session.keeper.last : null };
  }

  /**
   * @param {import("./server.js").Work | null} work
   * @param {boolean} stored
   * @param {boolean} isNew Whether this was no change of what was submitted before, and no skip.
   */
  async answered(work, stored, isNew) {
    const { session } = this;
    const ours = session !== null && work?.task === session.keeper.work.task && work.annotation === session.keeper.work.annotation;
    if (!stored) {
      if (ours) session.opened.submitFailed(session.draftNumber);
      if (ours) session.keeper.say(session.keeper.state);
      return;
    }
    if (ours) {
      session.leave();
      await session.keeper.submitted();
      this.status.show({ kind: "saved" });
      if (isNew && work) await goTo(`tasks/${work.task}/done`);
    } else if (work) await this.storage?.forget(work).catch(() => undefined);
  }

  /** Open the guide, in another tab, at the code that was chosen last. */
  explain() {
    const { session } = this;
    if (!session) return;
    session.step();
    const { opened, coding, history: steps } = session;
    const code = latestCode(steps, coding, opened.selected());
    window.open(`/vib/coding/tasks/${opened.task}/guide?${new URLSearchParams({ code })}`, "_blank", "noopener");
  }

  /**
   * Say where in which clip somebody is.
   * @returns {import("./others.js").Place | null}
   */
  where() {
    const { session } = this;
    if (!session) return null;
    session.step();
    const { opened, coding, history: steps } = session;
    const [selected] = opened.selected();
    const turn = selected === undefined ? undefined : turnOf(coding, selected);
    const { task, second } = opened;
    if (!turn) return { task, second, turn: "", code: "", about: "" };
    const codes = codesOf(coding, turn.id).flatMap((code) => opened.words(code));
    const about = [this.named(opened, turn), ...codes].join(", ");
    return { task, second: momentOf(second, turn), turn: turn.id, code: latestCode(steps, coding, [turn.id]), about };
  }

  /** Tell the server that this window is still coding, and hear whether another took over. */
  async beat() {
    const { session } = this;
    if (!session || document.hidden) return;
    session.keeper.hurry();
    const meaning = await session.keeper.beat();
    if (meaning === "held" || meaning === "submitted" || meaning === "signin") await this.turned(session.keeper, meaning);
  }

  listen() {
    guard({
      opened: () => this.session?.opened ?? null,
      undo: () => this.session?.undo(),
      redo: () => this.session?.redo(),
      submit: (exit) => void this.submit(exit),
      explain: () => this.explain(),
      remove: (all) => this.remove(all),
    });
    answerForSubmits(this.submits);
    answerWhere(() => this.where());
    window.addEventListener("online", () => this.session?.keeper.hurry());
    window.addEventListener("pagehide", () => this.session?.keeper.leave());
    // A page that was left for the one after a submit, and comes back as it was, still waits there.
    window.addEventListener("pageshow", (event) => event.persisted && location.reload());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) void this.session?.draft();
      else void this.beat();
    });
    setInterval(() => this.look(), LOOK);
    setInterval(() => void this.beat(), ALIVE);
  }
}

async function begin() {
  const about = page();
  const storage = await Storage.of(about.account).catch(() => null);
  const screen = new Screen(about, await clientOfThisTab(), storage);
  screen.busy = true;
  screen.listen();
  const left = (await storage?.submissions().catch(() => [])) ?? [];
  if (left.length > 0) {
    await sendAgain(screen.submits);
    location.reload();
    return;
  }
  screen.busy = false;
}

await begin();
