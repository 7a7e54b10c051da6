// Signing in on the page itself, by the form of the sign-in page.

import { cookie, plain } from "./server.js";

const PAGE = "/user/login/";
const WHO = "/api/current-user/whoami";

/** @returns {Promise<number | null>} The account that is signed in here; null where none is. */
async function who() {
  const answer = await plain(WHO, { credentials: "same-origin", cache: "no-store" });
  return answer.ok ? Number((await answer.json()).id) : null;
}

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<{account: number | null, wrong: string}>} `wrong` names what to say; it is empty where it was right.
 */
export async function enter(email, password) {
  try {
    const there = await who();
    if (there !== null) return { account: there, wrong: "" };
    const form = await (await plain(PAGE, { credentials: "same-origin", cache: "no-store" })).text();
    const token = new DOMParser().parseFromString(form, "text/html").querySelector("input[name=csrfmiddlewaretoken]");
    const fields = new URLSearchParams({ email, password, csrfmiddlewaretoken: token?.getAttribute("value") ?? cookie("csrftoken") });
    const answer = await plain(PAGE, { method: "POST", body: fields, credentials: "same-origin", redirect: "manual" });
    const account = await who();
    if (account !== null) return { account, wrong: "" };
    return { account: null, wrong: answer.status === 429 || answer.status === 403 ? "signin_wait" : "signin_wrong" };
  } catch {
    return { account: null, wrong: "signin_unreachable" };
  }
}
