// All that is known of the inside of Label Studio's editor, 1.23.2: its store, its requests, its buttons and keys.
// Each call in here has a test in tests/e2e/test_coding_store.py.

import { codingOf } from "./coding.js";

/** @typedef {import("./coding.js").Result} Result */
/** @typedef {import("./coding.js").Coding} Coding */
/** @typedef {import("./coding.js").Operation} Operation */

/**
 * @typedef {{id: string, score?: number | null, from_name: string, to_name: string, type: string,
 *   value: Record<string, unknown>, meta?: Record<string, unknown>}} StoredResult
 * @typedef {{id: string, type?: string, classification?: boolean, origin?: string, results: StoredResult[],
 *   meta?: Record<string, unknown>, [field: string]: unknown}} StoredArea
 * @typedef {Element & {offsetParent?: Element | null}} Drawn
 * @typedef {{currentTime: number, seek: (second: number) => void, syncCursor: () => void}} Player
 * @typedef {{name: string, type: string, hotkey?: string | null, valueType?: string, isLabeling?: boolean, perregion?: boolean,
 *   whenlabelvalue?: string | null, resultType?: string, children?: Control[], tiedChildren?: Control[], value?: string, _value?: string, alias?: string, _resultValue?: string,
 *   resultValue?: unknown, _ws?: Player | null, elementRef?: {current: Drawn | null}, maxrating?: string,
 *   updateFromResult?: (value: unknown) => void, needsUpdate?: () => void,
 *   createWsRegion?: (area: Area) => void, requestWSUpdate?: () => void}} Control
 * @typedef {Control & {onHotKey?: () => void, visible?: boolean, setVisible?: (visible: boolean) => void,
 *   $treenode: {applyPatches: (patches: object[]) => void}}} Choice
 * @typedef {{control: Control, choice: Choice, own: string | null, of: string[] | null}} Keyed
 * @typedef {{id: string, from_name: Control, mainValue: unknown, setValue: (value: unknown) => void}} LiveResult
 * @typedef {{id: string, cleanId: string, object: Control, classification?: boolean, results: LiveResult[],
 *   _ws_region?: object | null, perRegionTags: Control[],
 *   setProperty: (name: string, value: unknown) => void, updateColor?: () => void, inSelection: boolean,
 *   addResult: (result: object) => void, removeResult: (result: LiveResult) => void, deleteRegion: () => void}} Area
 * @typedef {{id: string, pk: string | null, user?: {id: number} | null, type: string, editable: boolean, draftId: number, isDraftSaving: boolean,
 *   userGenerate: boolean, submissionStarted: number, versions: {draft?: unknown},
 *   areas: Map<string, Area> & {$treenode: {snapshot: Record<string, StoredArea>, onPatch: (listener: () => void) => () => void}},
 *   names: Map<string, Control>, selectedRegions: Area[], autosave?: {paused?: boolean, cancel: () => void},
 *   regionStore: {selection: {_updateResultsFromRegions: (regions: Area[]) => void}},
 *   isReadOnly: () => boolean, setReadonly: (value: boolean) => void, pauseAutosave: () => void,
 *   saveDraft: () => Promise<unknown> | undefined, setDraftSaving: (value: boolean) => void, setDraftId: (id: number) => void,
 *   deserializeResults: (results: Result[]) => void, unselectAll: () => void, selectArea: (area: Area) => void,
 *   history: {freeze: (key: string) => void, unfreeze: (key: string) => void}}} Annotation
 * @typedef {{config: string, task: {id: number, dataObj?: Record<string, {alias: string, hotkey?: string, of?: string[]}[]>} | null, isSubmitting: boolean, annotationStore: {selected: Annotation | null, annotations: Annotation[]},
 *   submitAnnotation: () => void, updateAnnotation: () => void, setFlags: (flags: object) => void}} Store
 */

const UNDO_STEP = "vib";

/** How the interface of a method begins. */
const OUR_VIEW = '<View className="vib">';

/** Keys that Label Studio gives to what has none, in its order. */
export const ITS_KEYS = "1234567890qwetasdfgzxcvbyiopjklnm";

/** What of an area is part of what its results say, by the type of the area. */
const PLACE = /** @type {Readonly<Record<string, readonly string[]>>} */ ({ audioregion: ["start", "end", "channel"], "": [] });

/** Label Studio's own buttons that we answer for, by what they do. */
export const BUTTONS = {
  submit: 'button[data-testid="bottombar-submit-button"], button[data-testid="bottombar-submit-and-exit-button"]',
  update: 'button[data-testid="bottombar-update-button"], button[data-testid="bottombar-update-and-exit-button"]',
  history: ".lsf-history-buttons",
  bar: ".lsf-bottombar",
};

/** @returns {Store | null} */
export function store() {
  const found = /** @type {{Htx?: Store}} */ (/** @type {unknown} */ (window)).Htx;
  return found?.annotationStore ? found : null;
}

/** @param {string} id */
const withoutAnnotation = (id) => id.replace(/[#@].*$/, "");

/**
 * What is being coded: one annotation of one task that somebody may change.
 */
export class Opened {
  /**
   * @param {Store} store
   * @param {Annotation} annotation
   * @param {number} task
   */
  constructor(store, annotation, task) {
    this.store = store;
    this.annotation = annotation;
    this.task = task;
    /** @type {WeakMap<StoredArea, Result[]>} */
    this.read = new WeakMap();
  }

  /** The number of the annotation; null where none was submitted yet. */
  get number() {
    const number = Number(this.annotation.pk);
    return this.annotation.pk && Number.isInteger(number) && !this.annotation.userGenerate ? number : null;
  }

  /** Tell whether this is still what is on the screen. */
  get current() {
    return this.store.annotationStore.selected === this.annotation && this.store.task?.id === this.task;
  }

  /** @returns {Coding} What Label Studio would submit now, read from its snapshot: living nodes cost far more. */
  coding() {
    const results = [];
    for (const area of Object.values(this.annotation.areas.$treenode.snapshot)) {
      let found = this.read.get(area);
      if (!found) this.read.set(area, (found = this.resultsOf(area)));
      results.push(...found);
    }
    return codingOf(results);
  }

  /**
   * @param {StoredArea} area
   * @returns {Result[]}
   */
  resultsOf(area) {
    const place = PLACE[area.classification ? "" : (area.type ?? "")] ?? [];
    const labels = area.results.flatMap(({ value }) => /** @type {string[]} */ (value.labels ?? []));
    const results = [];
    for (const stored of area.results) {
      const name = withoutAnnotation(stored.from_name);
      const control = this.annotation.names.get(name);
      if (!control || !this.applies(control, labels)) continue;
      /** @type {Result["value"]} */
      const value = Object.fromEntries(place.map((field) => [field, area[field]]));
      const said = control.valueType === undefined ? undefined : stored.value[control.valueType];
      if (control.valueType !== undefined && said !== undefined && said !== null) value[control.valueType] = said;
      /** @type {Result} */
      const result = {
        id: withoutAnnotation(area.id),
        from_name: name,
        to_name: withoutAnnotation(stored.to_name),
        type: stored.type,
        value,
      };
      if (area.origin) result.origin = area.origin;
      if (typeof stored.score === "number") result.score = stored.score;
      const meta = { ...stored.meta, ...area.meta };
      if (Object.keys(meta).length > 0) result.meta = meta;
      results.push(result);
    }
    return results;
  }

  /**
   * Tell whether codes of a control are for turns with these labels; others stay in the store and are not submitted.
   * @param {Control} control
   * @param {readonly string[]} labels
   */
  applies(control, labels) {
    const wanted = control.perregion ? control.whenlabelvalue : null;
    if (!wanted) return true;
    return labels.includes(wanted) || wanted.split(",").some((label) => labels.includes(label));
  }

  /**
   * Call a listener at every change of what is coded, and more often.
   * @param {() => void} listener
   * @returns {() => void} Stops it.
   */
  follow(listener) {
    return this.annotation.areas.$treenode.onPatch(listener);
  }

  /**
   * Make operations on the store, whole, without Label Studio's own selection: that is slow and takes the focus.
   * @param {readonly Operation[]} operations
   */
  apply(operations) {
    const { annotation } = this;
    /** @type {Result[]} */
    const added = [];
    const removed = operations.flatMap((operation) => ("remove" in operation ? [operation.remove] : []));
    annotation.history.freeze(UNDO_STEP);
    try {
      this.remove(removed);
      for (const operation of operations) if ("put" in operation && !this.change(operation.put)) added.push(operation.put);
      if (added.length > 0) annotation.deserializeResults(added);
      this.show(operations);
    } finally {
      annotation.history.unfreeze(UNDO_STEP);
    }
  }

  /** @param {string} id */
  area(id) {
    return this.annotation.areas.get(`${id}#${this.annotation.id}`) ?? this.annotation.areas.get(id);
  }

  /** @param {[string, string][]} removed */
  remove(removed) {
    /** @type {Map<string, Set<string>>} */
    const names = new Map();
    for (const [id, name] of removed) names.set(id, (names.get(id) ?? new Set()).add(name));
    for (const [id, gone] of names) {
      const area = this.area(id);
      if (!area) continue;
      const left = area.results.filter(({ from_name }) => !gone.has(from_name.name));
      const turnGoes = area.results.some(({ from_name }) => from_name.isLabeling && gone.has(from_name.name));
      if (turnGoes || left.length === 0) {
        if (area.inSelection) this.annotation.unselectAll();
        const controls = area.results.map(({ from_name }) => from_name);
        area.deleteRegion();
        if (this.area(id)) throw new Error(`Label Studio did not delete ${id}`);
        for (const control of controls) if (!control.perregion && !control.isLabeling) control.needsUpdate?.();
      } else for (const result of area.results.filter((one) => !left.includes(one))) area.removeResult(result);
    }
  }

  /**
   * Change what is there already; answers false where the turn or the rating is not there.
   * @param {Result} wanted
   */
  change(wanted) {
    const area = this.area(wanted.id);
    const control = this.annotation.names.get(wanted.from_name);
    if (!area || !control?.valueType) return false;
    const value = wanted.value[control.valueType];
    const result = area.results.find(({ from_name }) => from_name.name === wanted.from_name);
    if (!result) {
      area.addResult({ from_name: control, to_name: area.object, type: wanted.type, value: { [control.valueType]: value } });
    } else if (JSON.stringify(result.mainValue) !== JSON.stringify(value)) result.setValue(value);
    for (const field of ["start", "end"]) if (field in wanted.value && control.isLabeling) area.setProperty(field, wanted.value[field]);
    return true;
  }

  /**
   * Have the screen show what the store now says; Label Studio does so by itself only for its own changes.
   * @param {readonly Operation[]} operations
   */
  show(operations) {
    const { annotation } = this;
    const touched = new Set(operations.map((operation) => ("put" in operation ? operation.put.id : operation.remove[0])));
    for (const operation of operations) {
      if (!("put" in operation)) continue;
      const control = annotation.names.get(operation.put.from_name);
      if (control?.isLabeling) this.area(operation.put.id)?.updateColor?.();
      else if (control && !control.perregion && control.valueType) control.updateFromResult?.(operation.put.value[control.valueType]);
    }
    const drawn = [...touched].flatMap((id) => this.area(id) ?? []).filter((area) => area._ws_region === null);
    for (const area of drawn) area.object.createWsRegion?.(area);
    if (drawn.length > 0) for (const object of new Set(drawn.map((area) => area.object))) object.requestWSUpdate?.();
    const selected = annotation.selectedRegions.filter((area) => touched.has(area.cleanId));
    if (selected.length === 0) return;
    for (const area of selected) for (const control of area.perRegionTags) control.updateFromResult?.(undefined);
    annotation.regionStore.selection._updateResultsFromRegions(annotation.selectedRegions);
  }

  /** @returns {string[]} The turns that are selected. */
  selected() {
    return this.annotation.selectedRegions.filter((area) => !area.classification).map((area) => area.cleanId);
  }

  /**
   * Select a turn, and move sound and video to a moment.
   * @param {string | null} turn
   * @param {number} second
   */
  goTo(turn, second) {
    const { annotation } = this;
    const area = turn === null ? undefined : this.area(turn);
    if (area) {
      annotation.unselectAll();
      annotation.selectArea(area);
    }
    const player = annotation.names.get("audio")?._ws;
    player?.seek(second);
    player?.syncCursor();
  }

  /** The second at which sound and video are; null where there is no sound. */
  get second() {
    return this.annotation.names.get("audio")?._ws?.currentTime ?? null;
  }

  /** Keep Label Studio from saving the whole coding again and again; it begins anew when a draft is switched. */
  stopItsOwnDrafts() {
    if (this.annotation.autosave && !this.annotation.autosave.paused) this.annotation.pauseAutosave();
  }

  /**
   * Have Label Studio save a whole draft. One that was not answered would end all saving and submitting.
   * @param {number} patience Milliseconds to wait for the answer.
   */
  async draft(patience) {
    const { annotation } = this;
    if (annotation.isReadOnly() || annotation.submissionStarted || annotation.isDraftSaving) return;
    const waited = new Promise((resolve) => setTimeout(resolve, patience));
    try {
      await Promise.race([annotation.saveDraft(), waited]);
    } catch {
      // What is coded is in the log; the draft is made again after the next rest.
    } finally {
      annotation.setDraftSaving(false);
    }
  }

  /**
   * @param {boolean} value
   */
  readOnly(value) {
    this.annotation.setReadonly(value);
  }

  /** Submit, or update what was submitted, as Label Studio's own button does. */
  submit() {
    if (this.number === null) this.store.submitAnnotation();
    else this.store.updateAnnotation();
  }

  /** Tell whether Label Studio is busy with a submit. */
  get submitting() {
    return this.store.isSubmitting;
  }

  get draftNumber() {
    return this.annotation.draftId;
  }

  /**
   * Give a draft back to an annotation whose submit failed: Label Studio forgets it, and would make a second one.
   * @param {number} draft
   */
  submitFailed(draft) {
    this.annotation.setDraftId(draft);
    this.annotation.setDraftSaving(false);
    this.store.setFlags({ isSubmitting: false });
  }

  /**
   * Return the words of codes, in the order of a result.
   * @param {Result} result
   * @returns {string[]}
   */
  words(result) {
    const control = this.annotation.names.get(result.from_name);
    const said = control?.valueType === undefined ? undefined : result.value[control.valueType];
    const codes = Array.isArray(said) ? said.map((one) => (Array.isArray(one) ? one.at(-1) : one)) : [said];
    return codes.map((code) => wordOf(control, String(code)) ?? String(code));
  }

  /**
   * Choose by a key what the interface gave that key, where it is on the screen. Label Studio would give keys to all that
   * has none, and choose what is not shown too.
   * @param {string} key
   * @returns {boolean} Whether Label Studio is not to hear of it.
   */
  press(key) {
    const bound = this.keyed().filter(({ own }) => own === key);
    if (bound.some(({ control }) => control.isLabeling)) return false;
    if (bound.length === 0) return this.ours && ITS_KEYS.includes(key);
    const shown = bound.filter(({ control, choice }) => choice.visible !== false && isDrawn(control.elementRef?.current ?? null));
    for (const { choice } of shown) choice.onHotKey?.();
    return true;
  }

  /** Take away the keys that Label Studio gave by itself, and offer of the people those whose turn it can be. */
  tidy() {
    if (!this.ours) return;
    const keyed = this.keyed();
    for (const { choice, own } of keyed) {
      if ((choice.hotkey ?? null) !== own) choice.$treenode.applyPatches([{ op: "replace", path: "/hotkey", value: own }]);
    }
    const labels = this.annotation.selectedRegions.flatMap(({ results }) => results.flatMap(({ from_name, mainValue }) => (from_name.isLabeling ? mainValue : [])));
    for (const { choice, of } of keyed) {
      const fits = of === null || labels.length === 0 || labels.some((label) => of.includes(/** @type {string} */ (label)));
      if (choice.visible !== undefined && choice.visible !== fits) choice.setVisible?.(fits);
    }
  }

  /** Tell whether this is an interface of a method. */
  get ours() {
    return this.store.config.includes(OUR_VIEW);
  }

  /** @returns {Keyed[]} All that can be chosen, with the key that the interface or the task gave it. */
  keyed() {
    const given = keysIn(this.store.config);
    const offered = this.store.task?.dataObj ?? {};
    return [...this.annotation.names.values()].flatMap((control) => {
      const filled = control.value?.startsWith("$") ? offered[control.value.slice(1)] : null;
      return choicesOf(control).map((choice) => {
        const one = Array.isArray(filled) ? filled.find(({ alias }) => alias === choice.alias) : null;
        const own = one ? one.hotkey : given.get(`${control.name} ${choice.alias ?? choice._value}`);
        return { control, choice, own: own ?? null, of: one?.of ?? null };
      });
    });
  }
}

/**
 * @param {Drawn | null} element
 */
const isDrawn = (element) => element !== null && element.getClientRects().length > 0;

/**
 * @param {Control} control
 * @returns {Choice[]}
 */
const choicesOf = (control) =>
  /** @type {Choice[]} */ ((control.children ?? []).flatMap((child) => ["choice", "label"].includes(child.type) ? [child, ...choicesOf(child)] : []));

/** @type {{config: string, keys: Map<string, string>}} */
let read = { config: "", keys: new Map() };

/**
 * Return the keys that an interface gives, by the name of the control and the code.
 * @param {string} config
 */
function keysIn(config) {
  if (read.config === config) return read.keys;
  const keys = new Map();
  const found = new DOMParser().parseFromString(config, "text/xml").querySelectorAll("[hotkey]");
  for (const option of found) {
    const control = option.closest("[toName]");
    const code = option.getAttribute("alias") ?? option.getAttribute("value");
    if (control) keys.set(`${control.getAttribute("name")} ${code}`, option.getAttribute("hotkey"));
  }
  read = { config, keys };
  return keys;
}

/**
 * @param {Control | undefined} control
 * @param {string} code
 * @returns {string | null}
 */
function wordOf(control, code) {
  for (const child of control?.children ?? []) {
    if (child.alias === code || child._value === code) return child._value ?? child.value ?? null;
    const below = wordOf(child, code);
    if (below !== null) return below;
  }
  return null;
}

/**
 * Return what somebody codes now; null where nothing is open, or what is open is not theirs to change.
 * @param {number} account Whose it is to be.
 * @returns {Opened | null}
 */
export function opened(account) {
  const found = store();
  const annotation = found?.annotationStore.selected;
  if (!found?.task || !annotation || annotation.type !== "annotation" || !annotation.editable) return null;
  const audio = annotation.names.get("audio");
  if (!audio || annotation.userGenerate === undefined) return null;
  if (annotation.pk !== null && annotation.user && annotation.user.id !== account) return null;
  if (annotation.pk === null && firstNew(found.annotationStore.annotations) !== annotation) return null;
  return new Opened(found, annotation, found.task.id);
}

/**
 * Return the coding that is kept where somebody began more than one of the same clip: the one with the oldest draft.
 * @param {Annotation[]} annotations
 */
function firstNew(annotations) {
  const fresh = annotations.filter(({ pk, type }) => !pk && type === "annotation");
  return fresh.sort((one, other) => (one.draftId || Infinity) - (other.draftId || Infinity))[0];
}

/**
 * Return which of Label Studio's requests store a coding: those that must count once.
 * @param {string} method
 * @param {string} path
 * @returns {boolean}
 */
export const storesCoding = (method, path) =>
  (method === "POST" && /^\/api\/tasks\/\d+\/annotations\/?$/.test(path)) ||
  (method === "PATCH" && /^\/api\/annotations\/\d+\/?$/.test(path));

/**
 * Tell whether a request that stores a coding submits a new one: an update changes what is there, a skip submits nothing.
 * @param {string} method
 * @param {string} body
 * @returns {boolean}
 */
export const submitsNew = (method, body) => method === "POST" && JSON.parse(body).was_cancelled !== true;

/**
 * Return of which project a request asks for the next clip to code; null where it asks for something else.
 * @param {string} method
 * @param {URL} address
 * @returns {string | null}
 */
export function asksForNext(method, { pathname, searchParams }) {
  const asks = method === "POST" && /^\/api\/dm\/actions\/?$/.test(pathname) && searchParams.get("id") === "next_task";
  return asks ? searchParams.get("project") : null;
}
