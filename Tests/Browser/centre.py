#!/usr/bin/env python3
"""The centre's pages in a real browser: main journeys with and without scripts, on a phone, and axe-core.

Usage: centre.py FOLDER-OF-PROGRAMS [FOLDER-FOR-SCREENSHOTS]

The data are those of the demo, made anew; QUIPU_DEMO names a folder that it left, to be copied instead.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

PAGES = [
    "/", "/indicators?cut-off=2020-06-30&by=office", "/indicators/P-1.2.1.1?cut-off=2020-06-30",
    "/indicators/R-1.2.1.2?cut-off=2020-06-30&view=sessions", "/indicators/P-1.1.1.1", "/conflicts",
    "/conflicts/decided", "/duplicates", "/duplicates/decided", "/nodes", "/nodes/enroll", "/quarantine",
    "/quarters", "/quarters/2020T2", "/sessions", "/sessions/1", "/participants", "/participants/1",
    "/history/participant/1", "/activity", "/users", "/account", "/no-such-page",
]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Examples"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


class Centre:
    """A central node over the demo's database, on a port of its own."""

    def __init__(self, programs):
        self.folder = tempfile.mkdtemp(prefix="quipu-centre-")
        demo = os.environ.get("QUIPU_DEMO")
        if not demo:
            subprocess.run(["bash", EXAMPLES / "demo.sh", os.path.abspath(programs)], cwd=self.folder,
                           check=True, stdout=subprocess.DEVNULL)
            demo = os.path.join(self.folder, "demo")
        for name in os.listdir(demo):
            if name.startswith("central.sqlite"):
                shutil.copy(os.path.join(demo, name), self.folder)
        self.replica = os.path.join(self.folder, "central.sqlite")
        self.program = os.path.join(programs, "quipu-central")
        self.process = None

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "a")
        self.process = subprocess.Popen(
            [self.program, "serve", "--replica", self.replica, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("Listening on "), line
        self.url = line.split()[-1]
        return self

    def run(self, *arguments, text=""):
        return subprocess.run(
            [self.program, *arguments, "--replica", self.replica], input=text, text=True, check=True,
            capture_output=True).stdout

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def close(self):
        self.stop()
        shutil.rmtree(self.folder)


def check(condition, words):
    if not condition:
        raise AssertionError(words)


def look_at(page, url, path, folder, name):
    """Every page: no error of the browser's, nothing that axe finds, nothing wider than the screen."""
    troubles = []
    page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: troubles.append(str(e)))
    answer = page.goto(url + path)
    check(answer.status == (404 if path == "/no-such-page" else 200), f"{path}: {answer.status}")
    found = Axe().run(page, options=RULES).response["violations"]
    check(not found, f"{path}: " + json.dumps(
        [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found], ensure_ascii=False))
    troubles = [t for t in troubles if "404" not in t]
    check(not troubles, f"{path}: {troubles}")
    check(page.locator("h1").count() == 1, f"{path}: one first heading")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(wider <= 1, f"{path}: {wider} pixels wider than the screen")


def leave(page, act):
    """Acts, and waits until another page stands there with its scripts: a key pressed before is lost."""
    left = page.url
    act()
    page.wait_for_url(lambda u: u != left, wait_until="load")


def press(page, key):
    page.wait_for_timeout(400)  # A key right after a page opens answers nothing.
    leave(page, lambda: page.keyboard.press(key))


def decide_by_keyboard(page, url):
    page.goto(url + "/conflicts")
    before = page.locator("tbody tr").count()
    check(before > 2, "the demo leaves conflicts")
    press(page, "Enter")
    check(page.locator(".choices").count() == 1, "the first question")
    press(page, "1")
    expect(page.get_by_text("Decidido.")).to_be_visible()
    # A decision about a deletion is not undone: go on to one about values.
    for _ in range(before):
        if "borr" not in page.locator("main").inner_text().lower():
            break
        press(page, "ArrowRight")
    press(page, "1")
    press(page, "u")
    check("/decisions/" in page.url, "the question is asked again")
    expect(page.get_by_text("Deshecho")).to_be_visible()
    page.goto(url + "/conflicts")
    check(page.locator("a[href^='/decisions/']").count() == 1, "the undone decision waits")
    leave(page, page.locator("a[href^='/decisions/']").click)
    press(page, "2")
    check(page.url.endswith("/conflicts"), "and answered")


def held_key(page, url):
    """A key that is held answers one question, not all that come after it."""
    open_now = lambda: page.request.get(url + "/conflicts").text().count('href="/conflicts/')
    page.goto(url + "/conflicts")
    leave(page, page.locator("tbody a[href^='/conflicts/']").first.click)
    page.wait_for_timeout(400)
    before = open_now()
    for key in ("1", "ArrowLeft"):
        leave(page, lambda: page.keyboard.down(key))
        for _ in range(12):
            page.keyboard.down(key)
            page.wait_for_timeout(60)
        page.keyboard.up(key)
        before -= 1
        check(open_now() == before, f"{key} held: {before - open_now()} more decided")
        page.wait_for_timeout(400)


def decide_without_scripts(page, url):
    page.goto(url + "/conflicts")
    leave(page, page.get_by_role("link", name=re.compile("Empezar a decidir")).click)
    leave(page, page.get_by_role("button", name=re.compile("Este")).first.click)
    page.get_by_text("Ninguno: escribir otro valor").click()
    page.get_by_role("button", name="Guardar este valor").wait_for()


def two_people(browser, url):
    """One decides what the other is looking at."""
    one, other = browser.new_page(), browser.new_page()
    one.goto(url + "/conflicts")
    link = one.locator("tbody a[href^='/conflicts/']").first.get_attribute("href")
    one.goto(url + link)
    other.goto(url + link)
    one.get_by_role("button", name=re.compile("Este")).first.click()
    other.get_by_role("button", name=re.compile("Este")).last.click()
    expect(other.get_by_text("Alguien lo decidió antes que usted")).to_be_visible()
    one.close()
    other.close()


def duplicates(page, url):
    page.goto(url + "/duplicates")
    if page.get_by_role("link", name=re.compile("Empezar a decidir")).count() == 0:
        return
    leave(page, page.get_by_role("link", name=re.compile("Empezar a decidir")).click)
    press(page, "1")
    expect(page.get_by_text("Se cuentan ahora como una persona.")).to_be_visible()
    page.goto(url + "/duplicates/decided")
    page.get_by_role("button", name=re.compile("Deshacer")).first.click()
    expect(page.get_by_text("la propuesta vuelve a la cola")).to_be_visible()


def search(page, url):
    page.goto(url + "/participants")
    page.get_by_label("Nombre o número de documento").fill("quispe")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator("tbody tr").nth(3)).to_be_visible()
    check("quispe" not in page.url.lower(), "no name in the address")
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Historial", exact=True).click()
    expect(page.locator(".history li").first).to_be_visible()


def enrol(page, url):
    page.goto(url + "/nodes")
    page.get_by_role("link", name="Inscribir un equipo").click()
    page.get_by_label("Oficina").select_option("puno")
    page.get_by_role("button", name="Crear el código").click()
    code = page.locator("#code").inner_text()
    check(re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code), "a code")
    page.goto(url + "/activity")
    check("creó un código" in page.content() and code not in page.content(), "noted without the code")


def quarter(page, url):
    page.goto(url + "/quarters/2020T2")
    page.locator("#texts + .narrative details, .narrative details").first.click()
    page.locator("textarea[name=es]").first.fill("El trimestre avanzó según lo previsto.")
    page.get_by_role("button", name=re.compile("^Guardar")).first.click()
    expect(page.get_by_text("Texto guardado.")).to_be_visible()
    page.get_by_label("He revisado lo que queda abierto").check()
    page.get_by_role("button", name="Cerrar el trimestre").click()
    expect(page.get_by_text("El informe dirá siempre lo que dice hoy")).to_be_visible()
    page.get_by_role("link", name="Ver e imprimir en español").click()
    expect(page.get_by_text("El trimestre avanzó según lo previsto.")).to_be_visible()


def language(page, url):
    page.goto(url + "/conflicts")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_contain_text("Conflicts")
    page.get_by_role("button", name="Español").click()


def signing_in(centre, browser):
    """Once there are users everybody signs in, and a role sees what it may."""
    password = "una clave larga\n"
    centre.run("user", "add", "--name", "rosa", "--role", "coordinator", text=password)
    centre.run("user", "add", "--name", "jefa", "--role", "administrator", text=password)
    check("coordinator" in centre.run("user", "list"), "listed")
    centre.stop()
    centre.start()
    page = browser.new_page()
    page.goto(centre.url + "/conflicts")
    check("/sign-in" in page.url, "sent to sign in")
    page.get_by_label("Usuario").fill("rosa")
    page.get_by_label("Contraseña").fill("otra cosa")
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_text("no son correctos")).to_be_visible()
    page.get_by_label("Contraseña").fill(password.strip())
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(re.compile("/conflicts$"))
    check(page.get_by_role("link", name="Usuarios").count() == 0, "no users for a coordinator")
    check(page.goto(centre.url + "/users").status == 403, "nor by address")
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url(re.compile("/sign-in"))
    page.close()


def main():
    programs = sys.argv[1]
    screenshots = sys.argv[2] if len(sys.argv) > 2 else None
    if screenshots:
        os.makedirs(screenshots, exist_ok=True)
    centre = Centre(programs).start()
    failures = 0

    def step(name, work, *arguments):
        nonlocal failures
        try:
            work(*arguments)
            print(f"ok    {name}", flush=True)
        except Exception as error:  # noqa: BLE001 every journey is tried
            failures += 1
            print(f"FAIL  {name}: {error}", flush=True)

    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for size, width in [("wide", 1280), ("phone", 360)]:
                context = browser.new_context(viewport={"width": width, "height": 800})
                for path in PAGES:
                    name = f"centre-{size}-" + (re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home")
                    page = context.new_page()
                    step(f"{size} {path}", look_at, page, centre.url, path, screenshots, name)
                    page.close()
                page = context.new_page()
                for kind in ["conflicts", "duplicates"]:
                    page.goto(f"{centre.url}/{kind}")
                    link = page.locator(f"tbody a[href^='/{kind}/']").first
                    if link.count():
                        path = link.get_attribute("href")
                        step(f"{size} one of {kind}", look_at, page, centre.url, path,
                             screenshots, f"centre-{size}-one-{kind}")
                context.close()
            context = browser.new_context()
            page = context.new_page()
            step("conflicts by keyboard", decide_by_keyboard, page, centre.url)
            step("a key that is held", held_key, page, centre.url)
            step("two people", two_people, context, centre.url)
            step("duplicates by keyboard", duplicates, page, centre.url)
            step("search and history", search, page, centre.url)
            step("enrolment", enrol, page, centre.url)
            step("the quarter", quarter, page, centre.url)
            step("language", language, page, centre.url)
            if screenshots:
                for name, path in [("closed-quarter", "/quarters/2020T2"), ("activity-after", "/activity"),
                                   ("decided-after", "/conflicts/decided"),
                                   ("report", "/quarters/2020T2/report")]:
                    page.goto(centre.url + path)
                    page.screenshot(path=f"{screenshots}/centre-after-{name}.png", full_page=True)
            context.close()
            context = browser.new_context(java_script_enabled=False)
            page = context.new_page()
            step("conflicts without scripts", decide_without_scripts, page, centre.url)
            step("search without scripts", search, page, centre.url)
            step("language without scripts", language, page, centre.url)
            context.close()
            step("signing in", signing_in, centre, browser)
            browser.close()
    finally:
        centre.close()
    if failures:
        sys.exit(f"{failures} failed")


if __name__ == "__main__":
    main()
