"""Every call of the door by its API id, and those that the mock is known to lack (kiwoom.md 7.2)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.practice.kiwoom import balance, charts, deposit, lists, minutes, orderlists, orders, profits, quotes
from hoga.practice.kiwoom.operation import Operation

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.api: operation
        for part in (balance, charts, deposit, lists, minutes, orderlists, orders, profits, quotes)
        for operation in part.OPERATIONS
    }
)
PATHS = frozenset(operation.path for operation in OPERATIONS.values())

MOCK_LACKS: Mapping[str, str] = MappingProxyType(
    {
        "ka01690": "8104",
        **dict.fromkeys(
            (
                "kt00002", "kt00005", "kt00012", "kt00015", "kt00016", "kt00017", "kt20016", "kt20017", "kt50020",
                "kt50021", "kt50032", "ust31490",
            ),
            "RC9000",
        ),
        "kt00010": "RC7006",
    }
)  # fmt: skip
