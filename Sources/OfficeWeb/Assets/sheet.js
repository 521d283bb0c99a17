// The attendance sheet as fast as a spreadsheet. Without this file its forms work by their buttons.
"use strict";

(() => {
  const sheet = document.getElementById("sheet");
  const finder = document.getElementById("finder");
  if (!sheet || !finder) return;
  const path = sheet.dataset.path;
  const input = finder.querySelector("input[name=q]");
  const list = document.getElementById("hits");
  const say = document.getElementById("said");
  const words = sheet.dataset;
  const tbody = () => sheet.querySelector("tbody");

  const announce = (text) => { say.textContent = text; };

  const send = (where, fields) => sendForm(where, new URLSearchParams(fields));

  async function problem(answer) {
    try { const told = await answer.json(); return `${told.message} ${told.hint || ""}`.trim(); }
    catch { return words.failed; }
  }

  // MARK: who is it?

  let asked = 0;
  // The text that the list answers; null while there is no answer. Nobody is marked from another.
  let listed = null;
  let timer = 0;
  let active = -1;
  const options = () => [...list.querySelectorAll("[data-participant]")];
  const typed = () => input.value.trim();

  function choose(index) {
    const all = options();
    active = all.length ? (index + all.length) % all.length : -1;
    light();
    if (active >= 0) all[active].scrollIntoView({ block: "nearest" });
  }

  function light() {
    options().forEach((option, place) => option.classList.toggle("active", place === active));
  }

  function forget() {
    clearTimeout(timer);
    asked++;
    listed = null;
    active = -1;
    list.replaceChildren();
  }

  // Whom Enter marks without choosing: whose document it is, or the only one there is.
  function only() {
    const all = options();
    const exact = all.findIndex((option) => option.dataset.exact);
    if (exact >= 0) return all.filter((option) => option.dataset.exact).length === 1 ? exact : -1;
    return all.length === 1 && list.querySelector("[data-total]").dataset.total === "1" ? 0 : -1;
  }

  function howMany() {
    const shown = options().length;
    const total = Number(list.querySelector("[data-total]").dataset.total);
    if (!shown) return words.nobody;
    if (total > shown) return words.more.replace("#", total).replace("%", shown);
    return only() >= 0 ? words.one : words.found.replace("#", shown);
  }

  // Whether the list now answers what is typed.
  async function look() {
    forget();
    const text = typed();
    const mine = asked;
    if (text.length < 2) { announce(""); return false; }
    const answer = await send(`${path}/search`, { q: text }).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (mine !== asked || text !== typed()) return false;
    if (!answer?.ok) {
      announce(answer ? await problem(answer) : words.lost);
      return false;
    }
    list.innerHTML = html;
    listed = text;
    active = only();
    light();
    announce(howMany());
    return true;
  }

  input.addEventListener("input", () => {
    forget();
    timer = setTimeout(look, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(active < 0 ? -1 : active - 1); }
    else if (event.key === "Escape") { input.value = ""; forget(); announce(""); }
  });
  finder.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = typed();
    if (!text) return;
    if (listed !== text) {
      announce(words.looking);
      if (text.length >= 2 && !(await look())) return;
    }
    const option = options()[active];
    if (option?.dataset.present) announce(words.present.replace("#", option.querySelector("strong").textContent));
    else if (option) mark(option.dataset.participant);
    else if (options().length) announce(howMany());
    else openPerson(text);
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.open !== undefined) openPerson(typed());
    else mark(button.closest("[data-participant]").dataset.participant);
  });

  function place(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const row = holder.content.querySelector("tr");
    const old = tbody().querySelector(`tr[data-row="${CSS.escape(row.dataset.row)}"]`);
    if (old) old.replaceWith(row); else tbody().prepend(row);
    row.classList.add("flash-row");
    sheet.hidden = false;
    document.getElementById("nobody-yet")?.remove();
    const count = tbody().rows.length;
    for (const element of document.querySelectorAll("[data-count]")) element.textContent = count;
    announce(words.marked.replace("#", row.dataset.name).replace("%", count));
    return row;
  }

  // What is typed while the answer is on its way is the next person's.
  async function mark(participant) {
    const text = input.value;
    input.value = "";
    forget();
    input.focus();
    const answer = await send(`${path}/mark`, { participant }).catch(() => null);
    if (answer?.ok) { place(await answer.text()); return true; }
    announce(answer ? await problem(answer) : words.failed);
    if (!input.value) input.value = text;
    return false;
  }

  // MARK: a new person in one line

  const person = document.getElementById("person");
  const box = document.getElementById("person-box");
  const similar = document.getElementById("similar");

  function openPerson(text) {
    box.open = true;
    const isNumber = /\d/.test(text);
    const field = (name) => person.elements[name];
    if (isNumber) { field("document_number").value = text; field("paternal_surname").focus(); }
    else {
      const [surnames, given] = text.includes(",") ? text.split(",", 2) : [text, ""];
      const parts = surnames.trim().split(/\s+/);
      field("paternal_surname").value = parts[0] || "";
      field("maternal_surname").value = given ? parts.slice(1).join(" ") : parts[1] || "";
      field("given_names").value = given ? given.trim() : parts.slice(2).join(" ");
      field("document_number").focus();
    }
    forget();
    compare();
  }

  let comparing = 0;
  let comparison = 0;
  async function compare() {
    const mine = ++comparing;
    const answer = await send(`${path}/similar`, new FormData(person)).catch(() => null);
    if (!answer || mine !== comparing || !answer.ok) return;
    similar.innerHTML = await answer.text();
  }
  person.addEventListener("input", () => { clearTimeout(comparison); comparison = setTimeout(compare, 250); });
  similar.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=participant]");
    if (!button) return;
    event.preventDefault();
    mark(button.value).then((isMarked) => { if (isMarked) closePerson(); });
  });
  function closePerson() {
    clearTimeout(comparison);
    comparing++;
    person.reset();
    similar.innerHTML = "";
    box.open = false;
  }
  person.addEventListener("submit", async (event) => {
    event.preventDefault();
    delete person.dataset.sent;
    const fields = new URLSearchParams(new FormData(person));
    if (event.submitter?.name === "new") fields.set("new", "1");
    const answer = await send(`${path}/person`, fields).catch(() => null);
    if (answer?.ok) {
      place(await answer.text());
      closePerson();
      input.value = "";
      input.focus();
    } else if (answer?.status === 409) {
      similar.innerHTML = await answer.text();
      // Not one of its buttons: another Enter would answer the question.
      similar.querySelector(".notice")?.focus();
    } else {
      const told = document.createElement("p");
      told.className = "problem";
      told.role = "alert";
      told.textContent = answer ? await problem(answer) : words.failed;
      similar.replaceChildren(told);
    }
  });

  // MARK: cells

  const cellOf = (element) => element.closest("[data-cell]");

  async function save(row) {
    clearTimeout(row.timer);
    if (row.dataset.saving) { row.dataset.again = "1"; return; }
    const participant = row.dataset.row;
    const fields = new URLSearchParams();
    let changed = false;
    for (const cell of row.querySelectorAll("[data-cell]")) {
      // What somebody else changed too waits for an answer.
      if (cell.value.trim() === cell.dataset.was || cell.dataset.asked) continue;
      changed = true;
      fields.set(`cell:${cell.dataset.cell}:${participant}`, cell.value.trim());
      fields.set(`was:${cell.dataset.cell}:${participant}`, cell.dataset.was);
    }
    if (!changed) return;
    row.dataset.saving = "1";
    const mark = row.querySelector("[data-state]");
    mark.textContent = "…";
    const answer = await send(`${path}/rows`, fields).catch(() => null);
    delete row.dataset.saving;
    if (!answer || (!answer.ok && answer.status !== 409)) {
      mark.textContent = "!";
      announce(answer ? await problem(answer) : words.unsaved);
      // It waits for the line, or until somebody has signed in again.
      if (!answer || answer.status === 401) row.timer = setTimeout(() => save(row), 4000);
      return;
    }
    const told = await answer.json();
    const stored = told.rows[participant] || {};
    const bad = new Map(told.clashes.map((clash) => [clash.column, clash]));
    const asking = row.querySelector("[data-asked]");
    if (!asking && row.nextElementSibling?.matches(".clash-row")) row.nextElementSibling.remove();
    for (const cell of row.querySelectorAll("[data-cell]")) {
      if (cell.dataset.asked) continue;
      const clash = bad.get(cell.dataset.cell);
      cell.toggleAttribute("aria-invalid", false);
      if (clash) cell.setAttribute("aria-invalid", "true");
      const isSent = fields.has(`cell:${cell.dataset.cell}:${participant}`);
      const value = stored[cell.dataset.cell] ?? "";
      if (clash && !clash.isWrong) { cell.dataset.was = value; cell.dataset.asked = "1"; }
      else if (!clash && isSent) {
        if (cell.value.trim() === fields.get(`cell:${cell.dataset.cell}:${participant}`)) cell.value = value;
        cell.dataset.was = value;
      } else if (!clash && document.activeElement !== cell && cell.value.trim() === cell.dataset.was) {
        // What was typed since this was sent stays: it goes with the next one.
        cell.value = value;
        cell.dataset.was = value;
      }
    }
    if (told.clashes.length) { mark.textContent = "!"; ask(row, told.clashes); }
    else {
      mark.textContent = "✓";
      setTimeout(() => { if (mark.textContent === "✓") mark.textContent = ""; }, 2500);
    }
    if (row.dataset.again) { delete row.dataset.again; save(row); }
  }

  // Both values, side by side; nothing is decided by itself.
  function ask(row, clashes) {
    const line = document.createElement("tr");
    line.className = "clash-row";
    const cell = line.insertCell();
    cell.colSpan = row.cells.length;
    for (const clash of clashes) {
      const text = document.createElement("p");
      text.className = "problem";
      text.role = "alert";
      text.textContent = clash.message + " ";
      if (!clash.isWrong) {
        const target = row.querySelector(`[data-cell="${clash.column}"]`);
        for (const [value, label] of [[clash.typed, words.mine], [clash.stored, words.theirs]]) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = label.replace("#", value || "–");
          button.addEventListener("click", () => {
            target.value = value;
            target.removeAttribute("aria-invalid");
            delete target.dataset.asked;
            line.remove();
            row.querySelector("[data-state]").textContent = "";
            save(row);
            target.focus();
          });
          text.append(button, " ");
        }
      }
      cell.append(text);
    }
    row.after(line);
  }

  sheet.addEventListener("change", (event) => {
    if (cellOf(event.target)) save(event.target.closest("tr"));
  });
  sheet.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const row = cell.closest("tr");
    clearTimeout(row.timer);
    row.timer = setTimeout(() => save(row), 900);
  });

  function move(cell, down) {
    const rows = [...tbody().querySelectorAll("tr[data-row]")];
    const next = rows[rows.indexOf(cell.closest("tr")) + down];
    const target = next?.querySelector(`[data-cell="${cell.dataset.cell}"]`);
    if (target) { target.focus(); target.select?.(); }
    else if (down > 0) input.focus();
  }
  sheet.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    if (event.key === "Enter") { event.preventDefault(); move(cell, event.shiftKey ? -1 : 1); }
    else if (cell.tagName === "INPUT" && event.key === "ArrowDown") { event.preventDefault(); move(cell, 1); }
    else if (cell.tagName === "INPUT" && event.key === "ArrowUp") { event.preventDefault(); move(cell, -1); }
    else if (event.key === "Escape") { cell.value = cell.dataset.was; }
  });

  // A block of scores pasted into a cell goes down and to the right.
  sheet.addEventListener("paste", (event) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData.getData("text");
    if (!cell || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const rows = [...tbody().querySelectorAll("tr[data-row]")];
    const start = rows.indexOf(cell.closest("tr"));
    text.replace(/\r/g, "").trimEnd().split("\n").forEach((line, down) => {
      const row = rows[start + down];
      if (!row) return;
      const cells = [...row.querySelectorAll("[data-cell]")];
      const first = cells.findIndex((each) => each.dataset.cell === cell.dataset.cell);
      line.split("\t").forEach((value, right) => {
        const target = cells[first + right];
        if (target && target.tagName === "INPUT") target.value = value.trim().replace(",", ".");
      });
      save(row);
    });
  });
  window.addEventListener("beforeunload", (event) => {
    for (const cell of sheet.querySelectorAll("[data-cell]")) {
      if (cell.value.trim() !== cell.dataset.was) {
        save(cell.closest("tr"));
        event.preventDefault();
        return;
      }
    }
  });
  for (const button of sheet.ownerDocument.querySelectorAll("[data-save-all]")) button.hidden = true;
})();
