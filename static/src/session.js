// Tells in time that the session ends, and saves drafts of long forms. Without it the session ends
// all the same, and a form that is posted afterwards is kept.

const notice = document.querySelector("[data-session]");
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
let next;
let due = 0;

const plan = (seconds) => {
  clearTimeout(next);
  due = Date.now() + seconds * 1000;
  next = setTimeout(ask, seconds * 1000);
};

function tell(what, left) {
  const end = new Date(Date.now() + left * 1000);
  const time = end.toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  for (const slot of notice.querySelectorAll("[data-session-time]")) slot.textContent = time;
  for (const told of notice.querySelectorAll("[data-session-told]")) {
    told.hidden = told.dataset.sessionTold !== what;
  }
  notice.hidden = !what;
}

function show({ left, lasts, warning }) {
  if (left <= 0) {
    due = 0;
    clearTimeout(next);
    tell("over", 0);
  } else if (left <= warning) {
    tell(lasts ? "soon" : "last", left);
    plan(left + 1);
  } else {
    tell("", left);
    plan(left - warning);
  }
}

async function ask() {
  try {
    const answer = await fetch(notice.dataset.state, { headers: { "X-Portal-Quiet": "1" } });
    if (answer.ok) show(await answer.json());
  } catch {
    plan(60);
  }
}

async function goOn() {
  const headers = { "X-CSRFToken": csrf() };
  const options = { method: "POST", headers, redirect: "manual" };
  const answer = await fetch(notice.dataset.continue, options);
  if (answer.ok) show(await answer.json());
  else ask();
}

if (notice) {
  plan(Number(notice.dataset.after));
  // A computer that slept has missed its time.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && due && Date.now() > due) ask();
  });
  const button = notice.querySelector("[data-session-continue]");
  let before;
  button.addEventListener("focus", ({ relatedTarget }) => { before = relatedTarget; });
  button.addEventListener("click", () => {
    (before ?? document.querySelector("main")).focus({ preventScroll: true });
    goOn();
  });
}

// A draft is saved at each pause, and while somebody types on, every few seconds.
const PAUSE_MS = 2000;
const LONGEST_MS = 8000;
const drafts = new WeakMap();

function typedIn(form) {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = form.elements.namedItem(name)?.type === "password";
    if (typeof value === "string" && !secret) typed.append(name, value);
  }
  return typed;
}

async function save(form) {
  const draft = drafts.get(form);
  clearTimeout(draft.timer);
  draft.since = 0;
  draft.sending = new AbortController();
  const body = typedIn(form);
  const options = { method: "POST", body, redirect: "manual", signal: draft.sending.signal };
  try {
    const answer = await fetch(form.dataset.autosave, options);
    const status = form.querySelector("[data-autosave-status]");
    if (answer.ok && status) status.textContent = await answer.text();
    if (answer.type === "opaqueredirect" && notice) ask();
  } catch {
    // Saved at the next change, or posted by the person.
  }
}

function changed({ target }) {
  const form = target.form;
  if (!form?.matches("[data-autosave]")) return;
  const draft = drafts.get(form) ?? { since: 0 };
  drafts.set(form, draft);
  draft.since ||= Date.now();
  clearTimeout(draft.timer);
  const wait = Math.min(PAUSE_MS, draft.since + LONGEST_MS - Date.now());
  draft.timer = setTimeout(() => save(form), Math.max(wait, 0));
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);

document.addEventListener("submit", ({ target }) => {
  const draft = drafts.get(target);
  if (!draft) return;
  clearTimeout(draft.timer);
  draft.since = 0;
  draft.sending?.abort();
});

// Whoever goes elsewhere in the middle of a word finds it in the draft.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (drafts.get(form)?.since) navigator.sendBeacon(form.dataset.autosave, typedIn(form));
  }
});
