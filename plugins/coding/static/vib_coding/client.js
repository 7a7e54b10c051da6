// Which tab this is: a number of its own that lives as long as the tab, reloads included.

const NAME = "vib-coding-client";
const KNOWN = "vib-coding-clients";
const REMEMBERED = 20;

/** @param {string} client */
const lockOf = (client) => `${NAME} ${client}`;

function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * Hold a lock for as long as the page is there; answers false where another page has it.
 * @param {string} client
 * @returns {Promise<boolean>}
 */
const hold = (client) =>
  new Promise((resolve) => {
    void navigator.locks.request(lockOf(client), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });

/**
 * Return the number of this tab. A tab that was duplicated has the number of the first with it, and gets its own.
 * @returns {Promise<string>}
 */
export async function clientOfThisTab() {
  const found = sessionStorage.getItem(NAME);
  // Locks are there on HTTPS and on this machine; elsewhere the server's numbers of changes tell two tabs apart.
  if (found && (!navigator.locks || (await hold(found)))) return found;
  const client = random();
  sessionStorage.setItem(NAME, client);
  localStorage.setItem(KNOWN, [client, ...known()].slice(0, REMEMBERED).join(" "));
  if (navigator.locks) await hold(client);
  return client;
}

const known = () => (localStorage.getItem(KNOWN) ?? "").split(" ").filter(Boolean);

/**
 * Tell whether a client was a tab of this browser that is gone: killed, or closed.
 * @param {string} client
 */
export async function isGone(client) {
  if (!navigator.locks || !known().includes(client)) return false;
  const { held } = await navigator.locks.query();
  return !(held ?? []).some(({ name }) => name === lockOf(client));
}

export { random as newKey };
