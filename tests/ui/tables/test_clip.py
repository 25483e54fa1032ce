"""What was copied last outlives the window, and the process ends in order."""

from __future__ import annotations

import subprocess
import sys

_CODE = """
from PySide6.QtWidgets import QApplication
from hoga.ui.tables.clip import clipboard
from hoga.ui.tables.column import Cell, Column
app = QApplication([])
column = Column("code", lambda: "Code", Cell, str)
app.clipboard().setMimeData(clipboard([column], [["005930"]], ["Code"]))
held = app.clipboard().mimeData()
print(held.text().split(), "<table>" in held.html(), held.formats())
"""


def test_a_process_that_copied_a_table_ends_in_order() -> None:
    """A clipboard that belongs to the process alone (as the one of these tests) is emptied when Python is gone."""
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["['Code', '005930'] True ['text/plain', 'text/html']"]
