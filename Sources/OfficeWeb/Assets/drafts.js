// Forms with data-draft are kept on this computer while one types.
"use strict";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const state = form.querySelector("[data-draft-state]");
  const tell = (text) => { if (state) state.textContent = text; };
  let timer = 0;
  let pending = false;
  let isSent = false;
  // What the program answered; null where it could not be reached or there was nothing to keep.
  const keep = async (isLast = false) => {
    clearTimeout(timer);
    if (!pending) return null;
    pending = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("_draft", form.dataset.draft);
    const answer = await sendForm("/drafts", body, isLast).catch(() => null);
    if (answer?.ok) { tell(state?.dataset.kept); return answer; }
    if (isSent) return answer;
    pending = true;
    tell(answer?.status === 401 ? (await answer.clone().json()).message : state?.dataset.lost);
    if (!isLast) timer = setTimeout(keep, 5000);
    return answer;
  };
  form.addEventListener("input", () => {
    pending = true;
    isSent = false;
    clearTimeout(timer);
    timer = setTimeout(keep, 700);
  });
  // What is not kept yet is kept before it is sent: whoever must sign in again finds it there.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!pending) { isSent = true; return; }
    event.preventDefault();
    const { submitter } = event;
    const answer = await keep();
    if (!answer) { tell(state?.dataset.unsent); return; }
    if (answer.status === 401) return;
    clearTimeout(timer);
    pending = false;
    form.requestSubmit(submitter);
  });
  window.addEventListener("pagehide", () => { if (!isSent) keep(true); });
}

// A form that was sent back begins at what is wrong.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
