#!/usr/bin/env python3
"""Manual pages from a program's own help.

Usage: manual.py PROGRAM FOLDER: writes PROGRAM.1 and one page for each of its commands.
"""
import json
import os
import subprocess
import sys


def quoted(text):
    text = (text or "").replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in text.split("\n"))


def form(argument):
    names = [("-" if n["kind"] == "short" else "--") + n["name"] for n in argument.get("names") or []]
    value = "<%s>" % argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return value
    return ", ".join(names) + ("" if argument["kind"] == "flag" else " " + value)


def page(path, command, version):
    name = "-".join(path)
    lines = ['.TH "%s" 1 "" "Quipu %s" "Quipu"' % (name.upper(), version)]
    lines += [".SH NAME", "%s \\- %s" % (quoted(name), quoted(command.get("abstract", "")))]
    words = [".B " + quoted(" ".join(path))]
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        text = quoted(form(argument).split(", ")[-1])
        if argument.get("isRepeating"):
            text += " ..."
        words.append("[%s]" % text if argument.get("isOptional") else text)
    lines += [".SH SYNOPSIS"] + words
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", quoted(command["discussion"])]
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    if shown:
        lines.append(".SH OPTIONS")
    for argument in shown:
        text = argument.get("abstract", "")
        if argument.get("defaultValue"):
            text += " (default: %s)" % argument["defaultValue"]
        lines += [".TP", ".B " + quoted(form(argument)), quoted(text) or "\\&"]
    children = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
    if children:
        lines.append(".SH COMMANDS")
    for child in children:
        lines += [".TP", ".BR %s (1)" % quoted("-".join(path + [child["commandName"]])),
                  quoted(child.get("abstract", "")) or "\\&"]
    lines += [".SH EXIT STATUS"]
    for code, meaning in [
            ("0", "done"), ("1", "failed"), ("2", "the command line is wrong"),
            ("3", "done, with items that need a person"), ("4", "the centre cannot be reached"),
            ("5", "refused by the centre"), ("6", "another process is syncing this replica"),
            ("7", "the replica is damaged, or is not a replica")]:
        lines += [".TP", ".B " + code, meaning]
    return "\n".join(lines) + "\n"


def write(path, command, version, folder):
    with open(os.path.join(folder, "-".join(path) + ".1"), "w", encoding="utf-8") as file:
        file.write(page(path, command, version))
    for child in command.get("subcommands", []):
        if child["commandName"] != "help":
            write(path + [child["commandName"]], child, version, folder)


def main(program, folder):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    help_text = subprocess.run([program, "--experimental-dump-help"], check=True,
                               capture_output=True, env=environment).stdout
    command = json.loads(help_text)["command"]
    os.makedirs(folder, exist_ok=True)
    write([command["commandName"]], command, os.environ.get("QUIPU_VERSION", ""), folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
