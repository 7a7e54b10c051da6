// What Label Studio 1.23.2 says, and how that is said in Dutch.
//
// A key is a whole text on the page, or a part of one that Label Studio draws by itself. `{number}`, `{month}`, `{time}`,
// `{clock}`, `{duration}` and `{words}` stand for a number, the name of a month, a time of day, one with AM or PM, how
// long something takes, and a text of this list; other names for anything.

import { ACCOUNT } from "./dutch_account.js";
import { AROUND } from "./dutch_around.js";
import { CLIPS } from "./dutch_clips.js";
import { CODING } from "./dutch_coding.js";
import { EXPORT } from "./dutch_export.js";
import { KEYS } from "./dutch_keys.js";
import { MESSAGES } from "./dutch_messages.js";
import { SETTINGS } from "./dutch_settings.js";
import { TIMES } from "./dutch_times.js";

export const PARTS = [AROUND, CLIPS, CODING, SETTINGS, MESSAGES, EXPORT, ACCOUNT, KEYS, TIMES];

/** @type {Readonly<Record<string, string>>} */
export const DUTCH = Object.assign({}, ...PARTS);
