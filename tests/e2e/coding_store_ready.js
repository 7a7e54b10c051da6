// Put our module, a turn of a child and some short ways to say things where the calls find them.
async (folder) => {
  const [found, coding] = await Promise.all(["label_studio.js", "coding.js"].map((name) => import(`${folder}/${name}`)));
  const { account } = JSON.parse(document.getElementById("vib-coding-page").textContent);
  const open = found.opened(account);
  const kind = [...open.coding().values()].find(({ value }) => value.labels?.[0] === "kind");
  const place = { start: kind.value.start, end: kind.value.end, channel: kind.value.channel };
  const code = (name, type, said) => ({ put: { id: kind.id, from_name: name, to_name: "audio", type, value: { ...place, [type]: said } } });
  Object.assign(window, { found, coding, open, kind, place, code, frame: () => new Promise(requestAnimationFrame) });
  window.rest = async () => { for (let turn = 0; turn < 5; turn += 1) await frame(); };
  window.own = () => coding.codingOf(open.annotation.serializeAnnotation());
  window.held = () => [...open.coding().keys()].filter((key) => key.startsWith(kind.id)).map((key) => key.split(" ")[1]);
  window.start = open.coding();
}
