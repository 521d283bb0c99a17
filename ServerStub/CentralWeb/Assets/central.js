// Beside the kit's keys: arrows answer a question with two answers, and a question looks whether
// somebody else has answered it meanwhile.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable], .chart-scroll")) return;
  const answers = document.querySelectorAll(".choices button[data-key]");
  if (answers.length !== 2) return;
  const place = { ArrowLeft: 0, ArrowRight: 1 }[event.key];
  if (place === undefined) return;
  event.preventDefault();
  if (isPressedAnew(event)) answers[place].click();
});

// Opening "another value" puts the cursor there.
for (const details of document.querySelectorAll("details")) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("input:not([type=hidden])")?.focus();
  });
}

const question = document.querySelector("[data-watch]");
if (question) {
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(question.dataset.watch, { headers: { "X-Quipu-Script": "1" } });
      if (answer.ok && (await answer.json()).changed) {
        question.querySelector("[data-changed]").hidden = false;
      }
    } catch { /* No line: the form itself says so when it is sent. */ }
  }, 10000);
}
