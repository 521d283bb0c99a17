#!/usr/bin/env python3
"""The office's pages in a real browser: main journeys with and without scripts, on a phone, and axe-core.

Usage: office.py FOLDER-OF-PROGRAMS [FOLDER-FOR-SCREENSHOTS]
"""

import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

BIN = pathlib.Path(sys.argv[1])
SHOTS = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
SCENARIO = pathlib.Path(__file__).parents[2] / "Examples" / "scenario"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Office:
    """A replica with an office's example files, two conflicts, and its pages."""

    def __init__(self, folder):
        self.path = f"{folder}/cusco.sqlite"
        self.folder = folder
        environment = dict(os.environ, LC_ALL="es_PE.UTF-8")
        environment.pop("QUIPU_REPLICA", None)
        self.environment = environment
        self.quipu("init", "--office", "cusco")
        # Copies: what is rejected is written beside the file.
        files = [
            shutil.copy(SCENARIO / "cusco" / f"{name}.csv", folder)
            for name in ("sesiones", "asistencia", "entregables")]
        self.quipu("import", *map(str, files), allowed=(0, 3))
        with sqlite3.connect(self.path) as db:
            db.execute("PRAGMA foreign_keys = ON")
            self.session = db.execute(
                "SELECT session_id FROM attendance GROUP BY 1 HAVING count(*) BETWEEN 12 AND 40 ORDER BY 1"
            ).fetchone()[0]
        self.server = subprocess.Popen(
            [BIN / "quipu", "--replica", self.path, "serve", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, text=True, env=environment)
        line = self.server.stdout.readline()
        self.url = re.search(r"http://\S+", line).group()

    def quipu(self, *arguments, allowed=(0,)):
        run = subprocess.run(
            [BIN / "quipu", "--replica", self.path, *arguments], capture_output=True, text=True,
            env=self.environment)
        assert run.returncode in allowed, run.stderr
        return run.stdout

    def value(self, sql, *arguments):
        with sqlite3.connect(self.path) as db:
            return db.execute(sql, arguments).fetchone()[0]

    def execute(self, sql, *arguments):
        with sqlite3.connect(self.path, timeout=10) as db:
            db.execute(sql, arguments)

    def stop(self):
        self.server.terminate()
        self.server.wait(10)


class Visit:
    """A page of one browser, checked wherever it goes."""

    def __init__(self, browser, office, name, scripts=True, width=1280):
        self.context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 900},
            reduced_motion="reduce")
        self.page = self.context.new_page()
        self.office = office
        self.name = name
        self.scripts = scripts
        self.width = width
        self.problems = []
        self.page.on("console", lambda told: self.problems.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def go(self, path):
        answer = self.page.goto(self.office.url + path)
        assert answer.status < 400, f"{path}: {answer.status}"
        return self

    def check(self, name):
        """Axe finds nothing, nothing hangs over the edge, and the picture can be looked at."""
        if SHOTS:
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{self.name}-{name}.png", full_page=True)
        if self.scripts:
            found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
            told = [
                f"{one['id']}: {one['help']}: {node['target']} {node['html'][:160]}"
                for one in found for node in one["nodes"]]
            assert not told, f"{self.name} {name}:\n  " + "\n  ".join(told)
            over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, f"{self.name} {name}: {over} px too wide"
        return self


def attendance_sheet(browser, office):
    """With scripts: type, Enter, next; a new person in one line; cells saved as one types."""
    visit = Visit(browser, office, "sheet")
    page = visit.go(f"/sessions/{office.session}").page
    count = lambda: office.value("SELECT count(*) FROM attendance WHERE session_id = ?", office.session)
    before = count()
    number, surname = [
        office.value(
            f"""SELECT {column} FROM participant p WHERE document_type = 'DNI' AND NOT EXISTS
              (SELECT 1 FROM attendance WHERE session_id = ? AND participant_id = p.id)
              ORDER BY id LIMIT 1 OFFSET {offset}""", office.session)
        for offset, column in ((0, "document_number"), (3, "paternal_surname"))]
    page.fill("#q", number)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Marcada")
    assert count() == before + 1
    assert page.evaluate("document.activeElement.id") == "q", "one types on at once"
    page.keyboard.type(surname.lower())
    expect(page.locator("#hits li").first).to_be_visible()
    visit.check("candidates")
    page.keyboard.press("Escape")

    page.fill("#q", "Zzyzx Inventada, Persona")
    page.keyboard.press("Enter")
    expect(page.locator("#person-box")).to_have_attribute("open", "")
    page.keyboard.type("79999991")
    visit.check("new-person")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Inventada")
    assert count() == before + 2

    row = page.locator("#sheet tbody tr").first
    # The answer to the first score comes after the second was typed and left.
    held = []
    page.route("**/rows", lambda route: route.continue_() if held is None else held.append(route))
    row.locator("[data-cell=pre_score]").fill("11,5")
    page.keyboard.press("Tab")
    page.keyboard.type("17")
    page.keyboard.press("Enter")
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    expect(row.locator("[data-cell=post_score]")).to_have_attribute("data-was", "17")
    expect(row.locator("[data-cell=pre_score]")).to_have_attribute("data-was", "11.5")
    person = row.get_attribute("data-row")
    stored = "SELECT {} FROM attendance WHERE session_id = ? AND participant_id = ?"
    assert office.value(stored.format("pre_score"), office.session, person) == 11.5
    assert office.value(stored.format("post_score"), office.session, person) == 17

    office.execute(
        "UPDATE attendance SET post_score = 3 WHERE session_id = ? AND participant_id = ?",
        office.session, person)
    row.locator("[data-cell=post_score]").fill("18")
    page.keyboard.press("Enter")
    expect(page.locator(".clash-row")).to_contain_text("18")
    assert office.value(stored.format("post_score"), office.session, person) == 3, "nothing overwritten"
    visit.check("clash")
    page.get_by_role("button", name="Poner 18").click()
    expect(row.locator("[data-cell=post_score]")).to_have_attribute("data-was", "18")
    assert office.value(stored.format("post_score"), office.session, person) == 18
    # The browser itself reports the 409 that the page handles.
    assert all("409" in problem for problem in visit.problems), visit.problems


def slow_line(browser, office):
    """Whoever is marked is who was typed, however late or not at all the answers come."""
    visit = Visit(browser, office, "slow")
    page = visit.go(f"/sessions/{office.session}").page
    said = page.locator("#said")
    count = lambda: office.value("SELECT count(*) FROM attendance WHERE session_id = ?", office.session)
    absent = """SELECT {} FROM participant p WHERE document_type = 'DNI' AND NOT EXISTS
      (SELECT 1 FROM attendance WHERE session_id = ? AND participant_id = p.id) {}"""
    last = lambda column: office.value(absent.format(column, "ORDER BY document_number DESC"), office.session)
    before = count()

    # The answer to the first digits, which fit others, comes after everything was typed.
    held = []
    page.route("**/search", lambda route: route.continue_() if held is None else held.append(route))
    number, person = last("document_number"), last("id")
    page.fill("#q", number[:2])
    page.wait_for_timeout(300)
    page.fill("#q", number)
    page.keyboard.press("Enter")
    expect(said).to_have_text("Buscando…")
    page.wait_for_timeout(300)
    waiting, held = held, None
    assert len(waiting) >= 2
    for route in waiting:
        route.continue_()
    expect(said).to_contain_text("Marcada")
    assert count() == before + 1
    assert office.value(
        "SELECT count(*) FROM attendance WHERE session_id = ? AND participant_id = ?", office.session, person) == 1

    # An answer that never comes marks nobody of the list before it.
    surname = last("paternal_surname")
    page.fill("#q", surname)
    expect(page.locator("#hits li").first).to_be_visible()
    page.route("**/search", lambda route: route.abort())
    page.fill("#q", last("document_number"))
    page.keyboard.press("Enter")
    expect(said).to_contain_text("No se pudo buscar")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert count() == before + 1
    page.unroute("**/search")

    # Of several nobody is marked until one is chosen.
    common = office.value(
        "SELECT paternal_surname FROM participant GROUP BY 1 HAVING count(*) > 8 ORDER BY count(*) DESC LIMIT 1")
    page.fill("#q", common)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("se muestran 8")
    expect(page.locator("#hits")).to_contain_text("Se muestran 8 de")
    visit.check("several")
    assert count() == before + 1
    choice = page.locator("#hits li:not([data-present])").first
    for _ in range(9):
        page.keyboard.press("ArrowDown")
        if "active" in choice.get_attribute("class"):
            break
    name = choice.locator("strong").inner_text()
    page.keyboard.press("Enter")
    expect(said).to_contain_text(f"Marcada: {name}")
    assert count() == before + 2

    # Enter in the line of a new person asks; it answers nothing.
    known = [last(column) for column in ("paternal_surname", "maternal_surname", "given_names")]
    persons = "SELECT count(*) FROM participant"
    there = office.value(persons)
    page.locator("summary", has_text="nueva").click()
    for column, value in zip(("paternal_surname", "maternal_surname", "given_names"), known):
        page.fill(f"#f-{column}", value)
    expect(page.locator("#similar")).to_contain_text("¿Es alguna de estas personas?")
    page.press("#f-given_names", "Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert (count(), office.value(persons)) == (before + 2, there)
    expect(page.locator("#f-given_names")).to_have_value(known[2])


def without_scripts(browser, office):
    """The same by buttons: search, mark, scores, a new session."""
    visit = Visit(browser, office, "plain", scripts=False)
    page = visit.go(f"/sessions/{office.session}").page
    before = office.value("SELECT count(*) FROM attendance WHERE session_id = ?", office.session)
    surname = office.value(
        """SELECT paternal_surname FROM participant p WHERE NOT EXISTS
          (SELECT 1 FROM attendance WHERE session_id = ? AND participant_id = p.id) ORDER BY id DESC LIMIT 1""",
        office.session)
    page.fill("#q", surname)
    page.click("#finder button")
    visit.check("candidates")
    page.locator("#hits button", has_text="Marcar").first.click()
    expect(page.locator(".notice")).to_contain_text("marcada")
    assert office.value("SELECT count(*) FROM attendance WHERE session_id = ?", office.session) == before + 1
    page.locator("#sheet tbody [data-cell=post_score]").nth(2).fill("13")
    page.click("#sheet [data-save-all]")
    expect(page.locator(".notice")).to_contain_text("Guardado")

    visit.go("/sessions/new")
    page.fill("#f-code", "CUS-2026-900")
    page.fill("#f-title", "Taller sin guiones")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("h1")).to_have_text("Taller sin guiones")
    page.locator("summary", has_text="nueva").click()
    page.fill("#f-document_number", "1234567X")
    page.fill("#f-paternal_surname", "Inventado")
    page.fill("#f-given_names", "Otro")
    page.get_by_role("button", name="Registrar y marcar").click()
    expect(page.locator("#person .problem")).to_be_visible()
    page.fill("#f-document_number", "79999992")
    page.get_by_role("button", name="Registrar y marcar").click()
    expect(page.locator("#sheet tbody tr")).to_have_count(1)

    page.locator("summary", has_text="Excel").click()
    page.fill("#block", "79999993\tPegada\tUna\tPersona\tF\t9\t15\n79999994\tPegado\tOtro\tSeñor\tM\t8\t19\n")
    page.get_by_role("button", name="Ver qué se entendió").click()
    visit.check("paste")
    page.get_by_role("button", name="Registrar (2)").click()
    expect(page.locator("#sheet tbody tr")).to_have_count(3)


def import_file(browser, office):
    visit = Visit(browser, office, "import")
    page = visit.go("/import").page
    file = pathlib.Path(office.folder) / "asistencia-nueva.csv"
    file.write_text(
        "sesion;numero_documento;apellido_paterno;nombres;prueba_entrada\r\n"
        "CUS-2026-900;79999995;Importada;Buena;12\r\nCUS-2026-900;79999996;Importado;Malo;99\r\n",
        encoding="cp1252")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Revisar").click()
    expect(page.locator("main")).to_contain_text("Filas que no se pueden tomar")
    visit.check("preview")
    page.get_by_role("button", name="Importar las filas buenas").click()
    expect(page.locator(".notice")).to_contain_text("1 filas nuevas")


def all_pages(browser, office):
    participant = office.value(
        "SELECT participant_id FROM attendance GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    paths = {
        "today": "/", "sessions": "/sessions", "search": "/sessions?q=taller&office=all",
        "session": f"/sessions/{office.session}", "session-edit": f"/sessions/{office.session}/edit",
        "row": f"/sessions/{office.session}/rows/" + office.value(
            "SELECT min(participant_id) FROM attendance WHERE session_id = ?", office.session),
        "print": f"/sessions/{office.session}/print", "empty": f"/sessions/{office.session}/print?form=empty",
        "certificates": f"/sessions/{office.session}/certificates", "participants": "/participants",
        "participant": f"/participants/{participant}", "participant-edit": f"/participants/{participant}/edit",
        "import": "/import", "sync": "/sync", "conflicts": "/conflicts", "quality": "/quality",
        "history": f"/history/training_session/{office.session}",
    }
    for name, width in (("wide", 1280), ("phone", 360)):
        visit = Visit(browser, office, name, width=width)
        for page, path in paths.items():
            visit.go(path).check(page)
        assert not visit.problems, visit.problems
    visit = Visit(browser, office, "keys")
    page = visit.go("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", "the first Tab skips to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    visit.go("/conflicts").page.get_by_role("button", name="English").click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    visit.check("english")


def sync_unreachable(browser, office):
    visit = Visit(browser, office, "sync")
    page = visit.go("/sync").page
    page.get_by_role("button", name="Sincronizar ahora").click()
    expect(page.locator(".notice-failure")).to_contain_text("no está inscrita", timeout=15000)
    visit.check("not-enrolled")


def session_ended(browser, office):
    """On a network: what is typed when the session has ended waits until one has signed in again."""
    subprocess.run(
        [BIN / "quipu", "--replica", office.path, "user", "add", "rosa", "--role", "coordinator"],
        input="una clave larga\n", text=True, check=True, capture_output=True, env=office.environment)
    server = subprocess.Popen(
        [BIN / "quipu", "--replica", office.path, "serve", "--listen", "0.0.0.0:0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=office.environment)
    url = "http://127.0.0.1:" + server.stdout.readline().strip().rsplit(":", 1)[1]
    expire = lambda: office.execute("UPDATE web_session SET seen_at = seen_at - 13 * 3600000")
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def sign_in(page, path):
        page.goto(url + path)
        page.fill("#name", "rosa")
        page.fill("#password", "una clave larga")
        page.get_by_role("button", name="Entrar").click()
        page.wait_for_url(url + path)

    try:
        page, other = context.new_page(), context.new_page()
        sign_in(page, f"/sessions/{office.session}")
        row = page.locator("#sheet tbody tr").nth(1)
        expire()
        row.locator("[data-cell=post_score]").fill("13")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Su sesión venció")
        expect(row.locator("[data-state]")).to_have_text("!")
        page.fill("#q", "huaman")
        page.wait_for_timeout(500)
        assert page.locator("#hits #password").count() == 0
        sign_in(other, "/participants")
        expect(row.locator("[data-cell=post_score]")).to_have_attribute("data-was", "13", timeout=15000)
        page.fill("#q", "quispe")
        expect(page.locator("#hits li").first).to_be_visible()

        page.goto(url + f"/sessions/{office.session}/edit")
        state = page.locator("[data-draft-state]")
        expire()
        page.fill("#f-venue", "Local de la red")
        expect(state).to_contain_text("Su sesión venció")
        page.get_by_role("button", name="Guardar").click()
        page.wait_for_timeout(500)
        expect(page.locator("#f-venue")).to_have_value("Local de la red")
        sign_in(other, "/participants")
        expect(state).to_have_text("Borrador guardado.", timeout=15000)
        expire()
        page.get_by_role("button", name="Guardar").click()
        expect(page.locator("main")).to_contain_text("Su sesión venció: entre otra vez")
        page.fill("#name", "rosa")
        page.fill("#password", "una clave larga")
        page.get_by_role("button", name="Entrar").click()
        expect(page.locator("#f-venue")).to_have_value("Local de la red")
        page.get_by_role("button", name="Guardar").click()
        expect(page.locator(".notice")).to_contain_text("Guardado")
        assert office.value("SELECT venue FROM training_session WHERE id = ?", office.session) == "Local de la red"
    finally:
        context.close()
        server.terminate()
        server.wait(10)


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        office = Office(folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            for journey in (all_pages, attendance_sheet, slow_line, without_scripts, import_file, session_ended, sync_unreachable):
                journey(browser, office)
                print(f"ok  {journey.__name__}", flush=True)
        finally:
            browser.close()
            office.stop()


main()
