"use strict";

// Plays the moments of the list, and shows in the timelines where the video is.

const BEFORE = 2;

const video = document.querySelector("video");
const list = document.querySelector(".list");
const moments = [...document.querySelectorAll(".moment")];
const many = document.querySelector(".many");
const kinds = [...document.querySelectorAll(".kinds [data-kind]")];
const settled = document.querySelector(".kinds [data-settled]");
const marks = [...document.querySelectorAll(".strip .mark")];
const strips = [...document.querySelectorAll(".strip")].map((element) => ({
  element,
  start: Number(element.dataset.start),
  length: Number(element.dataset.length),
  left: Number(element.dataset.left),
  right: Number(element.dataset.right),
  scale: (element.viewBox.baseVal.width - Number(element.dataset.left) - 16) / Number(element.dataset.length),
  head: element.querySelector(".playhead"),
  now: element.querySelector(".now"),
}));
let current = null;
let until = null;

const shown = () => moments.filter((moment) => !moment.closest("li").hidden);

const more = (moment) => moment.closest("li").querySelector("details");
const pressed = (button) => button.getAttribute("aria-pressed") === "true";

function seek(second) {
  if (!video) return;
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) video.currentTime = second;
  else video.addEventListener("loadedmetadata", () => { video.currentTime = second; }, { once: true });
}

function select(moment) {
  if (current !== moment) {
    current?.removeAttribute("aria-current");
    // What was begun to be written stays in sight.
    const before = current && more(current);
    if (before && !before.querySelector("textarea")?.value) before.open = false;
  }
  current = moment;
  current.setAttribute("aria-current", "true");
  more(current).open = true;
  current.scrollIntoView({ block: "nearest" });
  const [start, end] = [Number(moment.dataset.start), Number(moment.dataset.end)];
  for (const strip of strips) {
    const from = Math.max(start, strip.start);
    const to = Math.min(end, strip.start + strip.length);
    const here = from <= to;
    strip.now.setAttribute("visibility", here ? "visible" : "hidden");
    if (!here) continue;
    strip.now.setAttribute("x", strip.left + (from - strip.start) * strip.scale - 2);
    strip.now.setAttribute("width", Math.max(4, (to - from) * strip.scale + 4));
  }
}

function play(moment) {
  select(moment);
  if (!video) return;
  const start = Number(moment.dataset.start);
  // An instant has no length: a second of it is shown.
  until = Math.max(Number(moment.dataset.end), start + 1);
  seek(Math.max(0, start - BEFORE));
  video.play().catch(() => {});
}

function step(by) {
  const there = shown();
  if (!there.length) return;
  const place = there.indexOf(current);
  const next = there[place < 0 ? (by > 0 ? 0 : there.length - 1) : Math.min(there.length - 1, Math.max(0, place + by))];
  next.focus({ preventScroll: true });
  play(next);
}

function follow() {
  const second = video.currentTime;
  if (until !== null && second >= until && !video.paused) {
    video.pause();
    until = null;
  }
  for (const strip of strips) {
    const x = strip.left + (second - strip.start) * strip.scale;
    const here = second >= strip.start && x <= strip.right + 0.5;
    strip.head.setAttribute("visibility", here ? "visible" : "hidden");
    if (here) {
      strip.head.setAttribute("x1", x);
      strip.head.setAttribute("x2", x);
    }
  }
}

function eachFrame() {
  follow();
  if (!video.paused) requestAnimationFrame(eachFrame);
}

function toggle() {
  if (video.paused) video.play().catch(() => {});
  else video.pause();
}

function filter() {
  const on = new Set(kinds.filter(pressed).map((kind) => kind.dataset.kind));
  const visible = new Set();
  for (const moment of moments) {
    const item = moment.closest("li");
    const left = settled && !pressed(settled) && item.classList.contains("settled");
    item.hidden = left || (kinds.length > 0 && !on.has(item.dataset.kind));
    if (!item.hidden) visible.add(moment.dataset.number);
  }
  for (const mark of marks) mark.toggleAttribute("data-off", !visible.has(mark.dataset.number));
  many.textContent = visible.size;
}

for (const moment of moments) moment.addEventListener("click", () => play(moment));
for (const button of document.querySelectorAll(".kinds button")) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", pressed(button) ? "false" : "true");
    filter();
  });
}
if (document.querySelector(".kinds")) document.querySelector(".kinds").hidden = false;

for (const strip of strips) {
  strip.element.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    const moment = mark && moments.find((one) => one.dataset.number === mark.dataset.number);
    if (moment) {
      play(moment);
      return;
    }
    const { x } = new DOMPoint(event.clientX, event.clientY).matrixTransform(strip.element.getScreenCTM().inverse());
    if (x < strip.left || x > strip.right) return;
    until = null;
    seek(strip.start + (x - strip.left) / strip.scale);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === " " && video && (event.target === current || !event.target.closest("a, button, video, summary"))) {
    toggle();
    event.preventDefault();
  }
});
// On the moment that plays, the space bar pauses; without this, the button would start it anew.
document.addEventListener("keyup", (event) => {
  if (event.key === " " && current && event.target === current) event.preventDefault();
});

if (video) {
  video.addEventListener("play", () => requestAnimationFrame(eachFrame));
  for (const name of ["seeked", "timeupdate", "loadedmetadata"]) video.addEventListener(name, follow);
}

// From a figure one click leads here: to the moment that weighs most.
if (location.hash === "#_play" && moments.length) {
  moments[0].focus({ preventScroll: true });
  play(moments[0]);
}
