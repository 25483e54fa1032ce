"""What a campaign found: the figures of its JSON line, and every single thing that did not add up."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

LEAST_SENT = 0.8
"""Share of the actions that must lead to a send: a campaign that is only ever refused proves nothing."""


@dataclass
class Report:
    """``foreign`` counts what somebody else did on the account, ``twins`` those of them that look just like ours."""

    seed: int
    actions: int = 0
    kills: int = 0
    faults: int = 0
    sent: int = 0
    blocked: int = 0
    asked: int = 0
    foreign: int = 0
    unknown_left: int = 0
    lost: int = 0
    doubled: int = 0
    unexplained: int = 0
    twins: int = 0
    findings: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take the figures of another part of the same campaign in; the seed stays."""
        for name, value in asdict(other).items():
            if name != "seed":
                setattr(self, name, getattr(self, name) + value)

    def find(self, kind: str, what: str) -> None:
        """Count one finding as ``lost``, ``doubled``, ``unexplained`` or ``unknown_left``."""
        setattr(self, kind, getattr(self, kind) + 1)
        self.findings.append(f"{kind}: {what}")

    @property
    def failures(self) -> list[str]:
        """Why the campaign failed; empty when it did not."""
        found = [
            f"{name} is {count}, not 0"
            for name in ("lost", "doubled", "unexplained", "unknown_left")
            if (count := getattr(self, name))
        ]
        if self.sent < LEAST_SENT * self.actions:
            found.append(f"only {self.sent} of {self.actions} actions were sent")
        if self.asked > self.twins:
            found.append(f"{self.asked} questions were asked about {self.twins} twins")
        return found

    def line(self) -> str:
        """The one line of JSON."""
        names = (
            "actions", "kills", "faults", "sent", "blocked", "asked", "foreign", "unknown_left", "lost", "doubled",
            "unexplained", "seed",
        )  # fmt: skip
        return json.dumps({name: getattr(self, name) for name in names})
