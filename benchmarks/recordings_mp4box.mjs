// Write a recording anew in fragments with mp4box.js. Usage: node this.mjs FROM TO

import { readFileSync, writeFileSync } from "node:fs";
import { createFile } from "mp4box";

const [from, to] = process.argv.slice(2);
const content = readFileSync(from);
const bytes = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
bytes.fileStart = 0;
const read = createFile();
const parts = [];
read.onReady = (info) => {
  for (const track of info.tracks) read.setSegmentOptions(track.id, null, { nbSamples: 30 });
  const begun = read.initializeSegmentation();
  parts.push(Buffer.from((Array.isArray(begun) ? begun[0] : begun).buffer));
  read.start();
};
read.onSegment = (_id, _user, buffer) => parts.push(Buffer.from(buffer));
read.appendBuffer(bytes);
read.flush();
writeFileSync(to, Buffer.concat(parts));
