/**
 * Record a canvas that flashes and an oscillator that beeps, as a page records a camera.
 * @param {string} form What MediaRecorder is to write.
 * @param {number} seconds
 * @param {number[]} marks
 * @returns {Promise<number[]>} The bytes of the recording.
 */
async (form, seconds, marks) => {
  if (!MediaRecorder.isTypeSupported(form)) throw new Error(`not supported: ${form}`);
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const context = canvas.getContext("2d");
  const audio = new AudioContext();
  const oscillator = audio.createOscillator();
  const loudness = audio.createGain();
  const output = audio.createMediaStreamDestination();
  oscillator.frequency.value = 1000;
  loudness.gain.value = 0;
  oscillator.connect(loudness).connect(output);
  oscillator.start();
  const stream = canvas.captureStream(30);
  for (const track of output.stream.getAudioTracks()) stream.addTrack(track);
  const recorder = new MediaRecorder(stream, { mimeType: form });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(1000);
  const begun = audio.currentTime;
  for (const mark of marks) {
    loudness.gain.setValueAtTime(0.5, begun + mark);
    loudness.gain.setValueAtTime(0, begun + mark + 0.2);
  }
  for (let at = 0; at < seconds; at = audio.currentTime - begun) {
    context.fillStyle = `hsl(${(at * 60) % 360} 40% 40%)`;
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = marks.some((mark) => at >= mark && at < mark + 0.2) ? "white" : "#202020";
    context.fillRect(160, 90, 320, 180);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  recorder.stop();
  await stopped;
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}
