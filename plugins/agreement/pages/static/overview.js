"use strict";

// Draws the charts; all of their figures are in the tables too. Without this file, the tables show.

const figures = JSON.parse(document.getElementById("_figures").textContent);
const heat = document.getElementById("_heat");
const codes = document.getElementById("_chart");
const options = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };

function inColours(figure) {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const line = style.getPropertyValue("--line").trim();
  const layout = structuredClone(figure.layout);
  layout.font.color = ink;
  layout.xaxis.gridcolor = layout.xaxis.zerolinecolor = line;
  layout.yaxis.gridcolor = line;
  return layout;
}

function showHeat() {
  const chosen = document.querySelector(".switch input:checked").value;
  Plotly.react(heat, figures.heat[chosen].data, inColours(figures.heat[chosen]), options);
}

function draw() {
  showHeat();
  Plotly.react(codes, figures.codes.data, inColours(figures.codes), options);
}

heat.hidden = codes.hidden = false;
draw();
document.querySelector(".switch").hidden = false;
for (const input of document.querySelectorAll(".switch input")) input.addEventListener("change", showHeat);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
heat.on("plotly_click", (event) => {
  const to = event.points[0].customdata;
  if (to) location.search = to;
});
