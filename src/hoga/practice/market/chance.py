"""Seeded chance. Each use has a stream of its own, so that drawing more in one place changes nothing elsewhere."""

from __future__ import annotations

from random import Random


def stream(seed: int, *names: object) -> Random:
    """A stream of random numbers that belongs to ``names``: the same on every machine and in every run."""
    return Random(":".join(map(str, (seed, *names))))  # noqa: S311 a market is imitated, nothing is kept secret
