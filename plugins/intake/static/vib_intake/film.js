// What the browser itself can tell of a film before it is sent.

const PATIENCE = 5000;

/**
 * @param {File} file
 * @returns {Promise<number | null>} Its length in seconds; null where this browser cannot play it, or does not know.
 */
export function secondsOf(file) {
  const video = document.createElement("video");
  const address = URL.createObjectURL(file);
  return new Promise((resolve) => {
    /** @param {number | null} seconds */
    const done = (seconds) => {
      clearTimeout(late);
      video.removeAttribute("src");
      URL.revokeObjectURL(address);
      resolve(seconds);
    };
    const late = setTimeout(done, PATIENCE, null);
    video.preload = "metadata";
    video.onloadedmetadata = () => done(Number.isFinite(video.duration) ? video.duration : null);
    video.onerror = () => done(null);
    video.src = address;
  });
}
