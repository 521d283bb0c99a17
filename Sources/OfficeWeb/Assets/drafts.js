// Forms with data-draft are kept on this computer while one types.
"use strict";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const state = form.querySelector("[data-draft-state]");
  let timer = 0;
  let pending = false;
  const keep = async (last) => {
    clearTimeout(timer);
    if (!pending) return;
    pending = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("_draft", form.dataset.draft);
    try {
      const answer = await fetch("/drafts", {
        method: "POST", body, keepalive: last === true, headers: { "X-Quipu-Script": "1" },
      });
      if (state) state.textContent = answer.ok ? state.dataset.kept : state.dataset.lost;
    } catch {
      if (state) state.textContent = state.dataset.lost;
      pending = true;
    }
  };
  form.addEventListener("input", () => {
    pending = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 700);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); pending = false; });
  window.addEventListener("pagehide", () => keep(true));
}

// A form that was sent back begins at what is wrong.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
