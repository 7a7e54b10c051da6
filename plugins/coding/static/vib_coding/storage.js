// What is kept in this browser: changes that the server does not have yet, and submits that were not answered.
// All of it is of one account. Somebody else who signs in finds nothing of it, and it is gone for good then.

/** @typedef {import("./coding.js").Change} Change */
/** @typedef {import("./coding.js").Result} Result */
/** @typedef {import("./server.js").Work} Work */
/**
 * @typedef {{client: string, start: Result[], last: number, changes: Change[]}} Kept What waits after number `last`.
 * @typedef {{key: string, method: string, path: string, body: string, work: Work | null, last: number | null}} Submission
 */

const NAME = "vib-coding";
const WORKS = "works";
const SUBMISSIONS = "submissions";
const OWNER = "owner";

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @returns {Promise<IDBDatabase>} */
function database() {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    for (const name of [WORKS, SUBMISSIONS, OWNER]) opening.result.createObjectStore(name);
  };
  return answered(opening);
}

/** @param {Work} work */
const keyOf = ({ task, annotation }) => `${task} ${annotation ?? "new"}`;

export class Storage {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /**
   * Open what is kept for an account; what is kept of another is deleted first.
   * @param {number} account
   * @returns {Promise<Storage>}
   */
  static async of(account) {
    const storage = new Storage(await database());
    const owner = await storage.get(OWNER, OWNER);
    if (owner !== undefined && owner !== account) await storage.forgetAll();
    await storage.put(OWNER, OWNER, account);
    return storage;
  }

  /**
   * @param {string} store
   * @param {string} key
   * @returns {Promise<any>}
   */
  get(store, key) {
    return answered(this.database.transaction(store).objectStore(store).get(key));
  }

  /**
   * @param {string} store
   * @param {string} key
   * @param {unknown} value
   * @returns {Promise<void>}
   */
  put(store, key, value) {
    return this.write(store, (objects) => objects.put(value, key));
  }

  /**
   * @param {string} store
   * @param {(objects: IDBObjectStore) => void} change
   * @returns {Promise<void>} Settled once it is written.
   */
  write(store, change) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(store, "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore(store));
    });
  }

  async forgetAll() {
    for (const name of [WORKS, SUBMISSIONS]) await this.write(name, (objects) => objects.clear());
  }

  /**
   * @param {Work} work
   * @returns {Promise<Kept | undefined>}
   */
  kept(work) {
    return this.get(WORKS, keyOf(work));
  }

  /**
   * @param {Work} work
   * @param {Kept} kept
   */
  keep(work, kept) {
    return this.put(WORKS, keyOf(work), kept);
  }

  /** @param {Work} work */
  forget(work) {
    return this.write(WORKS, (objects) => objects.delete(keyOf(work)));
  }

  /** @returns {Promise<Submission[]>} Those that were not answered. */
  submissions() {
    return answered(this.database.transaction(SUBMISSIONS).objectStore(SUBMISSIONS).getAll());
  }

  /** @param {Submission} submission */
  submitting(submission) {
    return this.put(SUBMISSIONS, submission.key, submission);
  }

  /** @param {string} key */
  submitted(key) {
    return this.write(SUBMISSIONS, (objects) => objects.delete(key));
  }
}
