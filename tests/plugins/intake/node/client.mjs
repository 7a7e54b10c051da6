// tus-js-client as it is published, against a server: sends, breaks off, goes on, and throws away.
// Usage: node client.mjs MODULES ENDPOINT TOKEN FILE

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";

const [modules, endpoint, token, file] = process.argv.slice(2);
const { Upload } = createRequire(`${modules}/`)("tus-js-client");
const headers = { Authorization: `Token ${token}` };
const content = readFileSync(file ?? "");
const common = { endpoint, headers, chunkSize: 64 * 1024, retryDelays: null, metadata: { filename: basename(file ?? "") } };

/** @param {object} options @param {number} [stopAt] */
const sent = (options, stopAt = Infinity) =>
  new Promise((resolve, reject) => {
    const upload = new Upload(content, {
      ...common,
      ...options,
      onError: reject,
      onSuccess: () => resolve(upload.url),
      onChunkComplete: (_, accepted) => {
        if (accepted >= stopAt) upload.abort().then(() => resolve(upload.url));
      },
    });
    upload.start();
  });

const begun = await sent({ uploadDataDuringCreation: true }, content.length / 2);
const half = await fetch(begun, { method: "HEAD", headers: { ...headers, "Tus-Resumable": "1.0.0" } });
const offset = Number(half.headers.get("Upload-Offset"));
assert.ok(offset >= content.length / 2 && offset < content.length, String(offset));

assert.equal(await sent({ uploadUrl: begun, overridePatchMethod: true }), begun);

const gone = await sent({}, 1);
await Upload.terminate(gone, { ...common });
assert.equal((await fetch(gone, { method: "HEAD", headers: { ...headers, "Tus-Resumable": "1.0.0" } })).status, 404);

await assert.rejects(sent({ metadata: { filename: "notes.txt" } }), (error) => error.originalResponse.getStatus() === 415);
console.log(begun);
