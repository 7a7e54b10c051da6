// Put the packets of a recording into another file with mediabunny's muxers. Usage: node this.mjs FROM TO

import { readFileSync, writeFileSync } from "node:fs";
import {
  ALL_FORMATS, BufferSource, BufferTarget, EncodedAudioPacketSource, EncodedPacketSink, EncodedVideoPacketSource, Input,
  MkvOutputFormat, MovOutputFormat, Mp4OutputFormat, Output,
} from "mediabunny";

const [from, to] = process.argv.slice(2);
const forms = {
  ".frag.mp4": () => new Mp4OutputFormat({ fastStart: "fragmented" }),
  ".mp4": () => new Mp4OutputFormat(),
  ".mov": () => new MovOutputFormat(),
  ".mkv": () => new MkvOutputFormat(),
};
const ending = Object.keys(forms).find((one) => to.endsWith(one));
const input = new Input({ source: new BufferSource(readFileSync(from)), formats: ALL_FORMATS });
const output = new Output({ format: forms[ending](), target: new BufferTarget() });
const film = await input.getPrimaryVideoTrack();
const sound = await input.getPrimaryAudioTrack();
const filmSource = new EncodedVideoPacketSource(film.codec);
const soundSource = new EncodedAudioPacketSource(sound.codec);
output.addVideoTrack(filmSource);
output.addAudioTrack(soundSource);
await output.start();

async function pass(track, source) {
  let about = { decoderConfig: await track.getDecoderConfig() };
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await source.add(packet, about);
    about = undefined;
  }
  source.close();
}

await Promise.all([pass(film, filmSource), pass(sound, soundSource)]);
await output.finalize();
writeFileSync(to, Buffer.from(output.target.buffer));
