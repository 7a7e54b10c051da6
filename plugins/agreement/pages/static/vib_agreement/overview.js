"use strict";

// Draws the charts; all of their figures are in the tables too. Without this file, the tables show.

const figures = JSON.parse(document.getElementById("_figures").textContent);
const heat = document.getElementById("_heat");
const codes = document.getElementById("_chart");
const options = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function inColours(figure) {
  const ink = colour("ink");
  const line = colour("line");
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
  for (const trace of figures.codes.data) {
    trace.marker.color = trace.marker.line.color = colour(trace.meta);
    if (trace.error_x) trace.error_x.color = colour(trace.meta);
  }
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
