// What every page may use. Nothing here is needed: every form works without it.
"use strict";

// Sends a form as a script does, with the token of whoever is signed in now: signing in again in
// another tab gives a new one.
async function sendForm(where, body, keepalive = false) {
  const ask = () => {
    body.set("_token", document.querySelector("input[name=_token]").value);
    return fetch(where, { method: "POST", body, keepalive, headers: { "X-Quipu-Script": "1" } });
  };
  const answer = await ask();
  if (answer.status !== 403) return answer;
  const told = await answer.clone().json().catch(() => ({}));
  if (told.code !== "stale_form") return answer;
  const renewed = await fetch("/token", { headers: { "X-Quipu-Script": "1" } });
  if (!renewed.ok) return renewed;
  const { token } = await renewed.json();
  for (const field of document.querySelectorAll("input[name=_token]")) field.value = token;
  return ask();
}

// A form that is being sent is not sent twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 4000) event.preventDefault();
  form.dataset.sent = String(Date.now());
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// <select data-submit>: choosing is sending; the form keeps a button for those without scripts.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
});
for (const select of document.querySelectorAll("select[data-submit]")) {
  const button = select.form.querySelector("[data-without-script]");
  if (button) button.hidden = true;
}

// <button data-print>
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
for (const element of document.querySelectorAll("[data-print]")) element.hidden = false;

// <main data-reload="2">: the page is asked for again after so many seconds while it says so.
const reload = document.querySelector("[data-reload]");
if (reload) setTimeout(() => location.reload(), Number(reload.dataset.reload) * 1000);

// A key that was already down when the page came, or is held, answers nothing: the next question
// would be decided unread.
const quiet = 300;
let quietSince = performance.now();
function isPressedAnew(event) {
  const isHeld = event.repeat || performance.now() - quietSince < quiet;
  if (isHeld) quietSince = performance.now();
  return !isHeld;
}

// Single keys: data-key on a button or link; not while one types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (!target.matches("button") || isPressedAnew(event)) target.click();
});
