"""Collects the window's texts for translation, and compiles what was translated.

    python packaging/translate.py [AREA...]   src/hoga/ui/i18n/<area>_ko.ts gets the texts of its area, then its .qm
    python packaging/translate.py --check     says what is missing or out of date; changes nothing

Texts are ``self.tr("English")`` inside a class (the class is the context), ``QCoreApplication.translate("Context",
"English")`` and ``QT_TRANSLATE_NOOP("Context", "English")``. Qt's own collector takes the context of Python's
``self.tr`` from the wrong name after some calls, so texts are collected here; the files are Qt Linguist's and compiled
by its lrelease.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UI = ROOT / "src" / "hoga" / "ui"
I18N = UI / "i18n"
LANGUAGE = "ko"
# Which part of the window has its texts in which file; the frame has the rest.
AREAS = {
    "quote": ("quote",),
    "chart": ("chart",),
    "order": ("order",),
    "connect": ("connect",),
    "accounts": ("accounts.py", "switcher.py", "shell.py", "vacant.py"),
    "safety": ("stopping.py", "banner", "queue", "rescue"),
    "limits": ("limits",),
    "plan": ("plan",),
    "tables": ("tables", "tables.py", "pending", "holdings", "fills", "biography", "activity", "together"),
}
REST = "frame"

Text = tuple[str, str]
"""A context and its English text."""


class Untranslatable(Exception):
    """A text that cannot be collected, and where it stands."""


def texts_of(source: str, name: str) -> Iterator[Text]:
    """Every text of one module, in order. Raises Untranslatable for one that is not written out as it is."""
    yield from _walk(ast.parse(source, name), "", name)


def _walk(node: ast.AST, context: str, name: str) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        context = node.name
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = f"{name}:{node.lineno}"
        if called == "tr" and isinstance(node.func, ast.Attribute):
            if not context or len(node.args) != 1 or getattr(node.func.value, "id", "") != "self":
                raise Untranslatable(f'{place}: write self.tr("one text") in a class, or QCoreApplication.translate')
            yield context, _literal(node.args[0], place)
        elif called in ("tr", "translate", "QT_TRANSLATE_NOOP") and len(node.args) == 2:
            where, text = node.args
            # A table's text is looked up by a name where it is shown; it is written out where it is marked.
            if called == "QT_TRANSLATE_NOOP" or isinstance(text, ast.Constant):
                yield _literal(where, place), _literal(text, place)
    for child in ast.iter_child_nodes(node):
        yield from _walk(child, context, name)


def _literal(node: ast.AST, place: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return node.value
    raise Untranslatable(f"{place}: a text to translate is written out, with .format() for its values")


def area_of(path: Path) -> str:
    first = path.relative_to(UI).parts[0]
    return next((area for area, parts in AREAS.items() if first in parts), REST)


def collect() -> dict[str, list[Text]]:
    """Every text of the window by area, each once, in the order of files and lines."""
    found: dict[str, dict[Text, None]] = {area: {} for area in (*AREAS, REST)}
    for path in sorted(UI.rglob("*.py")):
        for text in texts_of(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))):
            found[area_of(path)].setdefault(text)
    return {area: list(texts) for area, texts in found.items()}


def ts_path(area: str) -> Path:
    return I18N / f"{area}_{LANGUAGE}.ts"


def translations(path: Path) -> dict[Text, str]:
    """What a file has translated so far; empty texts are not translated."""
    if not path.is_file():
        return {}
    known: dict[Text, str] = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 our own file
        where = context.findtext("name", "")
        for message in context.iter("message"):
            known[where, message.findtext("source", "")] = message.findtext("translation") or ""
    return {text: words for text, words in known.items() if words}


def ts_text(texts: list[Text], known: dict[Text, str]) -> str:
    """The Linguist file of these texts. Texts that vanished from the sources are left out."""
    root = ET.Element("TS", version="2.1", language=LANGUAGE)
    for where in dict.fromkeys(context for context, _ in texts):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = where
        for text in (text for text in texts if text[0] == where):
            message = ET.SubElement(context, "message")
            ET.SubElement(message, "source").text = text[1]
            translation = ET.SubElement(message, "translation")
            translation.text = known.get(text, "")
            if not translation.text:
                translation.set("type", "unfinished")
    ET.indent(root, "    ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{ET.tostring(root, encoding="unicode")}\n'


def compiled(ts: Path) -> bytes:
    """The .qm of a file, by Qt's lrelease."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.qm"
        command = "from PySide6.scripts.pyside_tool import lrelease; lrelease()"
        done = subprocess.run(
            [sys.executable, "-c", command, "-silent", "-nounfinished", str(ts), "-qm", str(out)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or not out.is_file():
            raise Untranslatable(f"{ts.name}: {done.stdout}{done.stderr}")
        return out.read_bytes()


def update(areas: Collection[str]) -> None:
    for area, texts in collect().items():
        if area not in areas:
            continue
        path = ts_path(area)
        if not texts and not path.is_file():
            continue
        path.write_text(ts_text(texts, translations(path)), encoding="utf-8")
        path.with_suffix(".qm").write_bytes(compiled(path))
        left = [text for text in texts if text not in translations(path)]
        print(f"{path.name}: {len(texts)} texts, {len(left)} not translated")


def problems() -> list[str]:
    """What is missing or out of date, in words; empty when everything is as it should be."""
    found = []
    for area, texts in collect().items():
        path = ts_path(area)
        if not texts:
            continue
        known = translations(path)
        found += [
            f"{path.name}: not translated: {context}: {text}" for context, text in texts if (context, text) not in known
        ]
        if path.is_file() and (
            not path.with_suffix(".qm").is_file() or path.with_suffix(".qm").read_bytes() != compiled(path)
        ):
            found.append(f"{path.with_suffix('.qm').name} is out of date: run packaging/translate.py")
        found += [
            f"{path.name}: values differ: {text[1]!r}"
            for text in texts
            if text in known and not _same_values(text[1], known[text])
        ]
    return found


def _same_values(one: str, other: str) -> bool:
    """Whether both languages name the same ``{values}``."""
    return _values(one) == _values(other)


def _values(text: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"of {', '.join((*AREAS, REST))}; none: all")
    parser.add_argument("--check", action="store_true", help="only say what is missing or out of date")
    try:
        given = parser.parse_args()
        if not given.check:
            update(given.areas or (*AREAS, REST))
            return 0
        found = problems()
    except Untranslatable as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(found) or "every text is translated and compiled")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
