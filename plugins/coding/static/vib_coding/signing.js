// Signing in on the page itself, by the form of the sign-in page.

import { cookie, plain } from "./server.js";

const PAGE = "/user/login/";
const WHO = "/api/current-user/whoami";

/**
 * @param {string} email
 * @param {string} password
 * @returns {Promise<{account: number | null, wrong: string}>} `wrong` names what to say; it is empty where it was right.
 */
export async function enter(email, password) {
  try {
    const form = await (await plain(PAGE, { credentials: "same-origin", cache: "no-store" })).text();
    const token = new DOMParser().parseFromString(form, "text/html").querySelector("input[name=csrfmiddlewaretoken]");
    const fields = new URLSearchParams({ email, password, csrfmiddlewaretoken: token?.getAttribute("value") ?? cookie("csrftoken") });
    const answer = await plain(PAGE, { method: "POST", body: fields, credentials: "same-origin", redirect: "manual" });
    if (answer.status === 429 || answer.status === 403) return { account: null, wrong: "signin_wait" };
    const who = await plain(WHO, { credentials: "same-origin", cache: "no-store" });
    if (!who.ok) return { account: null, wrong: "signin_wrong" };
    return { account: Number((await who.json()).id), wrong: "" };
  } catch {
    return { account: null, wrong: "signin_unreachable" };
  }
}
