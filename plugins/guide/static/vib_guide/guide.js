"use strict";

// Shows only the rows that have every word that was typed. Without this file, all rows show.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const search = document.querySelector("[data-filter]");
const field = search.querySelector("input");
const found = document.getElementById("_found");
const nothing = document.querySelector(".nothing");
const sections = [...document.querySelectorAll("main section")];
const rows = [...document.querySelectorAll(".code")].map((element) => ({
  element,
  text: plain(`${element.id} ${element.querySelector("dt").textContent} ${element.querySelector(".meaning").textContent}`),
}));

function filter() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const matches = rows.filter(({ element, text }) => {
    element.hidden = !words.every((word) => text.includes(word));
    return !element.hidden;
  });
  for (const section of sections) {
    section.hidden = words.length > 0 && !section.querySelector(".code:not([hidden])");
  }
  found.textContent = words.length ? found.dataset.found.replace("{0}", matches.length) : "";
  nothing.hidden = matches.length > 0;
  if (words.length) scrollTo(0, 0);
}

function showAll() {
  field.value = "";
  filter();
}

field.addEventListener("input", filter);
field.addEventListener("keydown", (event) => {
  if (event.key === "Escape") showAll();
});

// A link leads to its row also while that row is filtered out.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && document.getElementById(link.hash.slice(1))?.closest("[hidden]")) showAll();
});

// The other language opens at the same row; where it is kept with an account, the redirect back keeps the place.
for (const choice of document.querySelectorAll(".vib-languages :is(a, button)")) {
  choice.addEventListener("click", () => {
    const to = new URL(choice.form ? choice.form.action : choice.href);
    to.hash = location.hash;
    if (choice.form) choice.form.action = to.href;
    else choice.href = to.href;
  });
}

search.hidden = false;
