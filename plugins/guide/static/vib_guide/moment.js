"use strict";

// Plays a moment again and again. Without this file, a browser stops at its end, and then plays the rest of the clip.

for (const video of document.querySelectorAll("video[data-from]")) {
  const from = Number(video.dataset.from);
  const until = Number(video.dataset.until);
  // At an end in the address a browser stops the video once, also of who went beyond it.
  video.src = video.src.replace(/,[\d.]+$/, "");
  video.addEventListener("timeupdate", () => {
    // Where somebody went elsewhere in the clip, they may look there.
    if (!video.paused && video.currentTime >= until && video.currentTime < until + 1) video.currentTime = from;
  });
  video.addEventListener("play", () => {
    if (Math.abs(video.currentTime - until) < 0.3) video.currentTime = from;
  });
}
