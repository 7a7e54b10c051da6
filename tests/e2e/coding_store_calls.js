// Calls on Label Studio's store, by what our script counts on; tests/e2e/test_coding_store.py makes each of them.
({
  "what is read from the snapshot is what Label Studio would submit": () => {
      open.apply([code("reception", "choices", ["BC.REC.V"]), code("initiative", "choices", ["BC.INI.C.NEED"])]);
      return coding.between(open.coding(), own()).length === 0 && open.coding().size === start.size + 2;
  },
  "a new coding has no number, and its task is known": () => open.number === null && open.task === Htx.task.id && open.current,
  "each change is heard of": async () => {
      let heard = 0;
      const stop = open.follow(() => { heard += 1; });
      open.apply([code("initiative", "choices", ["BC.INI.C.NEED"])]);
      const once = heard;
      stop();
      open.apply([{ remove: [kind.id, "initiative"] }]);
      return once > 0 && heard === once;
  },
  "an edge is moved, and the codes of the turn move along": () => {
      open.apply([code("reception", "choices", ["BC.REC.V"])]);
      open.apply([{ put: { ...kind, value: { ...kind.value, end: kind.value.end + 0.25 } } }]);
      const ends = [...open.coding().values()].filter(({ id }) => id === kind.id).map(({ value }) => value.end);
      return ends.length === 2 && ends.every((end) => end === kind.value.end + 0.25) && coding.between(open.coding(), own()).length === 0;
  },
  "the waveform shows a turn where it was moved to, and in another colour": async () => {
      const area = open.area(kind.id);
      const before = area._ws_region.color.toString();
      open.apply([{ put: { ...kind, value: { ...kind.value, end: kind.value.end + 0.25, labels: ["volwassene"] } } }]);
      return area._ws_region.end === kind.value.end + 0.25 && area._ws_region.color.toString() !== before;
  },
  "a code is put, replaced and removed": () => {
      const said = () => open.coding().get(`${kind.id} reception`)?.value.choices?.[0];
      const seen = [["BC.REC.V"], ["BC.REC.NV"]].map((choices) => (open.apply([code("reception", "choices", choices)]), said()));
      open.apply([{ remove: [kind.id, "reception"] }]);
      return seen.join() === "BC.REC.V,BC.REC.NV" && said() === undefined && held().join() === "turn";
  },
  "a turn is made with the number it is given, drawn, and deleted whole": async () => {
      const made = { ...kind, id: "made-here" };
      open.apply([{ put: made }, { put: { ...code("effect", "choices", ["BC.EFF.STOP"]).put, id: made.id } }]);
      await rest();
      const there = open.coding().has("made-here turn") && open.coding().has("made-here effect");
      const drawn = Boolean(open.area("made-here")._ws_region);
      open.apply([{ remove: ["made-here", "turn"] }, { remove: ["made-here", "effect"] }]);
      return there && drawn && open.area("made-here") === undefined && open.coding().size === start.size;
  },
  "a rating of the whole clip is put, changed and taken away, on the screen too": () => {
      const rated = (point) => ({ put: { id: "rated", from_name: "BS.1", to_name: "audio", type: "choices", value: { choices: [point] } } });
      const control = open.annotation.names.get("BS.1");
      const shown = ["3", "5"].map((point) => (open.apply([rated(point)]), control.selectedValues().join()));
      open.apply([{ remove: ["rated", "BS.1"] }]);
      return shown.join() === "3,5" && control.selectedValues().length === 0 && open.coding().size === start.size && coding.between(open.coding(), own()).length === 0;
  },
  "the buttons of a selected turn show what was put and what was taken away": async () => {
      open.annotation.selectArea(open.area(kind.id));
      await rest();
      const chosen = () => open.annotation.names.get("reception").selectedLabels.map(({ _value }) => _value).join();
      open.apply([code("reception", "choices", ["BC.REC.V"])]);
      const put = chosen();
      open.apply([{ remove: [kind.id, "reception"] }]);
      return put === "verbaal ontvangen" && chosen() === "" && open.selected().join() === kind.id;
  },
  "codes that are not for a label are no part of the coding, and come back with it": () => {
      open.apply([code("reception", "choices", ["BC.REC.V"]), code("elements", "taxonomy", [["meaning", "BC.ATTR.POS"]])]);
      const labelled = (label) => open.apply([{ put: { ...kind, value: { ...kind.value, labels: [label] } } }]);
      const seen = ["volwassene", "onbekend", "kind"].map((label) => (labelled(label), held().sort().join("+")));
      return seen.join() === "elements+turn,turn,reception+turn" && coding.between(open.coding(), own()).length === 0;
  },
  "the words of codes are those of the interface": () => {
      const words = [code("reception", "choices", ["BC.REC.V"]), code("elements", "taxonomy", [["cluster-1", "attentive", "OBS.P.GAZE.CHILD"]])];
      return words.map(({ put }) => open.words(put).join()).join() === "verbaal ontvangen,aankijken" && open.words(kind).join() === "kind";
  },
  "a key chooses what the interface gave it and the screen shows, and no other key chooses anything": async () => {
      const answers = (keys) => [...keys].filter((key) => open.press(key)).join("");
      const nothing = answers("qsz48") === "qsz48" && coding.between(open.coding(), own()).length === 0 && held().join() === "turn";
      open.annotation.selectArea(open.area(kind.id));
      await rest();
      const [choice] = open.keyed().filter(({ control, own }) => control.name === "initiative" && own);
      open.press(choice.own);
      const chosen = open.coding().get(`${kind.id} initiative`)?.value.choices;
      return nothing && !open.press("1") && !open.press("u") && chosen?.join() === choice.choice.alias;
  },
  "codes have the keys of the interface, and those that Label Studio added are gone": () => {
      const added = () => open.keyed().filter(({ choice, own }) => (choice.hotkey ?? null) !== own);
      open.annotation.setupHotKeys();
      const before = added().length;
      open.tidy();
      return before > 0 && added().length === 0;
  },
  "at the turn of a child only children are offered as whose turn it is": async () => {
      open.annotation.selectArea(open.area(kind.id));
      await rest();
      open.tidy();
      const shown = open.keyed().filter(({ control, choice }) => control.name === "who" && choice.visible);
      return shown.length > 0 && shown.every(({ of }) => of.includes("kind"));
  },
  "Label Studio saves no drafts of its own once it is told": () => {
      open.annotation.autosave.paused = false;
      open.stopItsOwnDrafts();
      return open.annotation.autosave.paused === true;
  },
  "a draft is saved when it is asked for, and one that is not answered is not waited for": async () => {
      await open.draft(20000);
      const saved = open.draftNumber > 0 && !open.annotation.isDraftSaving;
      const plain = window.fetch;
      window.fetch = () => Promise.reject(new TypeError("no network"));
      try {
          await open.draft(50);
      } finally {
          window.fetch = plain;
      }
      return saved && !open.annotation.isDraftSaving;
  },
  "a coding can be made one that is only looked at": () => {
      open.readOnly(true);
      const closed = open.annotation.isReadOnly();
      open.readOnly(false);
      return closed && !open.annotation.isReadOnly();
  },
  "after a submit that failed the draft is known, and one may submit again": () => {
      Htx.setFlags({ isSubmitting: true });
      open.annotation.setDraftId(0);
      open.submitFailed(17);
      const healed = open.draftNumber === 17 && !open.submitting;
      open.annotation.setDraftId(0);
      return healed;
  },
  "the requests that store a coding are known from others": () => {
      const asked = [["POST", "/api/tasks/4/annotations/"], ["PATCH", "/api/annotations/9/"], ["POST", "/api/tasks/4/drafts"], ["GET", "/api/tasks/4/annotations/"]];
      return asked.map(([method, path]) => found.storesCoding(method, path)).join() === "true,true,false,false";
  },
  "the buttons that we answer for are there": () => {
      const { submit, history, bar } = found.BUTTONS;
      return [submit, history, bar].every((selector) => document.querySelector(selector));
  },
})
