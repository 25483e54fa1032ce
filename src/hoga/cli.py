"""The commands: ``hoga`` and ``hoga desk`` open the desk, ``hoga practice`` runs the exchange by itself, and
``hoga snapshot`` saves pictures of the desk. ``hoga plan`` prints a rebalance plan,
``hoga export`` saves orders, fills and activity for a spreadsheet.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

_USAGE = """\
hoga: 한국 증권사 주문을 위한 데스크톱 프로그램 · a desktop trading application

  hoga [desk] [...]     연습 거래소에서 호가창을 엽니다 · open the desk on Practice
  hoga practice [...]   연습 거래소만 실행합니다 · run the practice exchange by itself
  hoga snapshot [...]   모든 탭의 그림을 저장합니다 · save a picture of every tab
  hoga plan [...]       리밸런싱 계획을 냅니다 · print a rebalance plan
  hoga export [...]     주문·체결·활동을 CSV로 저장합니다 · save orders, fills and activity as CSV
  hoga --version

  hoga desk --help, hoga practice --help …: 선택 사항 · options
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Imports come late: each command loads only what it needs."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = arguments.pop(0) if arguments and not arguments[0].startswith("-") else ""
    if command == "practice":
        from hoga.practice.main import main as practice

        return practice(arguments)
    if command == "snapshot":
        from hoga.app.snapshot import main as snapshot

        return snapshot(arguments)
    if command == "export":
        from hoga.app.export import main as export

        return export(arguments)
    if command == "plan":
        from hoga.app.plan import main as plan

        return plan(arguments)
    if command in ("", "desk") and not (command == "" and arguments[:1] in (["--help"], ["-h"], ["--version"])):
        from hoga.app.main import main as desk

        return desk(arguments)
    if arguments[:1] == ["--version"]:
        from hoga import __version__

        sys.stdout.write(f"hoga {__version__}\n")
        return 0
    sys.stdout.write(_USAGE)
    return 0 if not command else 2
