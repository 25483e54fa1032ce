"""Applies a unified diff to a copy of the sources: just what the mutants need, so that no tool has to be there."""

from __future__ import annotations

from pathlib import Path


class DoesNotFit(Exception):
    """The sources have moved on: the patch must be made anew."""


def apply(patch: str, root: Path) -> None:
    """Apply every hunk where its lines are found exactly once. Raises DoesNotFit."""
    target: Path | None = None
    hunks: list[tuple[Path, list[str]]] = []
    for line in patch.splitlines():
        if line.startswith("+++ b/"):
            target = root / line.removeprefix("+++ b/")
        elif line.startswith("@@") and target is not None:
            hunks.append((target, []))
        elif hunks and line[:1] in (" ", "+", "-") and not line.startswith("---"):
            hunks[-1][1].append(line)
    if not hunks:
        raise DoesNotFit("there is no hunk in it")
    for file, lines in hunks:
        before = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
        after = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
        text = file.read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise DoesNotFit(f"{file.name} has these lines {text.count(before)} times:\n{before}")
        file.write_text(text.replace(before, after), encoding="utf-8")
