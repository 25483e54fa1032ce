"""``hoga export``: what the journals of a data folder hold, as CSV files."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from hoga.app.main import default_data
from hoga.app.words import words
from hoga.base.message import Language
from hoga.domain.accounts import ConnectionId
from hoga.trading.export import ExportFailed, export_file


def main(argv: Sequence[str]) -> int:
    """Write the files and name them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="hoga export", description="Orders, fills and activity as CSV files.")
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder in which everything is kept")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the files")
    parser.add_argument("--lang", choices=[one.value for one in Language], default=Language.KO.value)
    given = parser.parse_args(argv)
    journals = sorted((given.data / "desk").glob("*.sqlite"))
    try:
        files = [file for journal in journals for file in asyncio.run(_one(journal, given.out, Language(given.lang)))]
    except ExportFailed as error:
        sys.stderr.write(words(error.message, Language(given.lang)) + "\n")
        return 1
    for file in files:
        sys.stdout.write(f"{file}\n")
    return 0 if files else 1


async def _one(journal: Path, out: Path, language: Language) -> tuple[Path, ...]:
    """The journal of one connection, whose file is named after it. A desk may be open on it meanwhile."""
    return await export_file(journal, ConnectionId(journal.stem), out, language, lambda told: words(told, language))
