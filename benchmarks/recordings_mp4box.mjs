// Write a recording anew with mp4box.js, whole or in fragments. Usage: node this.mjs FROM TO

import { readFileSync, writeFileSync } from "node:fs";
import { createFile, DataStream } from "mp4box";

const [from, to] = process.argv.slice(2);
const content = readFileSync(from);
const bytes = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
bytes.fileStart = 0;
const read = createFile();

function written(file) {
  const stream = new DataStream();
  file.write(stream);
  return Buffer.from(stream.buffer, 0, stream.byteLength);
}

if (to.endsWith(".frag.mp4")) {
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
} else {
  read.onError = (error) => { throw new Error(error); };
  read.appendBuffer(bytes);
  read.flush();
  writeFileSync(to, written(read));
}
