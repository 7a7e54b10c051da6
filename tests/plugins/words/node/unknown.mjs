// Says which of the texts in a list that comes in are not in the catalogue.

import { readFileSync } from "node:fs";

import { Catalogue } from "../../../../plugins/words/static/vib_words/catalogue.js";
import { DUTCH } from "../../../../plugins/words/static/vib_words/dutch.js";

const catalogue = new Catalogue(DUTCH);
const said = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(said.filter((text) => catalogue.look(text) === null)));
