"""``python -m hoga``."""

from __future__ import annotations

import sys

from hoga.cli import main

if __name__ == "__main__":
    sys.exit(main())
