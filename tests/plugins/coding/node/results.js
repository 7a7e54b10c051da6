// Results as Label Studio has them, small.

export const turn = (id, start, end, label = "kind") => ({
  id,
  from_name: "turn",
  to_name: "audio",
  type: "labels",
  value: { start, end, labels: [label] },
});

export const coded = (id, start, end, code, name = "reception") => ({
  id,
  from_name: name,
  to_name: "audio",
  type: "choices",
  value: { start, end, choices: [code] },
});

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
