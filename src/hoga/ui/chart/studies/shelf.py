"""The studies of one chart: which, with which settings, in which colours; kept as plain values, followed bar by bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from hoga.ui.chart.studies.kinds import AT_FIRST, KINDS
from hoga.ui.chart.studies.study import Figures, Place, Study

COLOURS = ("warn", "good", "accent", "bad", "text", "dim", "up", "down")
"""Names of the window's colours that a line may have, in the order in which they are given out."""
MOST = 12
"""So many studies on one chart: more are a tangle, and settings come from a file."""


class Shown(Struct):
    """One study and the colour of each of its lines, by name of the colour."""

    study: Study
    colours: tuple[str, ...]

    @property
    def kept(self) -> dict[str, object]:
        return {"kind": self.study.kind, "values": dict(self.study.values), "colours": list(self.colours)}


class Shelf:
    """``note`` what changed as often as it does; ``fresh`` reckons it once, when somebody looks.

    ``profile``: the volume by price of what is seen is shown too.
    """

    def __init__(self, kept: object = None) -> None:
        self.entries: list[Shown] = []
        self.profile = False
        self._stale_from: int | None = 0
        self.begin = 0
        """The bar with which the studies' lines begin."""
        known = _read(kept)
        if known is None:
            for kind, values in AT_FIRST:
                self.add(kind, values)
        else:
            self.entries, self.profile = known

    @property
    def kept(self) -> dict[str, object]:
        """As a plain value for the file of the window's state."""
        return {"studies": [one.kept for one in self.entries], "profile": self.profile}

    def add(self, kind: str, values: dict[str, int] | None = None) -> Shown | None:
        """One more at the end, in colours that are free; None when there are too many."""
        if len(self.entries) >= MOST:
            return None
        study = KINDS[kind](values)
        shown = Shown(study, self._free_colours(study))
        self.entries.append(shown)
        self.note(0)
        return shown

    def remove(self, shown: Shown) -> None:
        self.entries.remove(shown)

    def change(self, shown: Shown, name: str, value: float) -> None:
        """Another setting; what cannot be used becomes the default."""
        shown.study = KINDS[shown.study.kind]({**shown.study.values, name: value})
        self.note(0)

    def restore(self) -> None:
        """What a new chart shows."""
        self.entries = Shelf().entries
        self.note(0)

    def note(self, first: int) -> None:
        """The bars from ``first`` on are others now."""
        self._stale_from = first if self._stale_from is None else min(self._stale_from, first)

    @property
    def reach(self) -> int | None:
        """So many bars before one make its values; None where all of them do."""
        each = [one.study.reach for one in self.entries]
        return None if None in each else max((reach for reach in each if reach is not None), default=0)

    @property
    def ahead(self) -> int:
        """So many bars beyond the newest one are lines seen."""
        return max((one.study.ahead for one in self.entries), default=0)

    def fresh(self, figures: Figures, begin: int = 0) -> None:
        """Bring every line up to date. ``figures`` are the bars from ``begin`` on."""
        if begin != self.begin:
            self.begin, self._stale_from = begin, begin
        if self._stale_from is not None:
            for one in self.entries:
                one.study.update(figures, max(self._stale_from - begin, 0))
            self._stale_from = None

    def values_at(self, shown: Shown, bar: int) -> Mapping[str, float | None]:
        """A study's values at a bar; None for those of a bar before its lines begin."""
        return shown.study.at(bar - self.begin) if bar >= self.begin else dict.fromkeys(shown.study.line_names)

    def at(self, place: Place) -> tuple[Shown, ...]:
        return tuple(one for one in self.entries if one.study.place is place)

    def _free_colours(self, study: Study) -> tuple[str, ...]:
        """Lines in one pane differ; a pane of its own begins anew."""
        taken = {colour for one in self.at(study.place) for colour in one.colours}
        free = [colour for colour in COLOURS if colour not in taken or study.place is Place.OWN]
        return tuple((free * len(COLOURS) + list(COLOURS))[at % len(COLOURS)] for at in range(len(study.line_names)))


def _read(kept: object) -> tuple[list[Shown], bool] | None:
    """What was kept; None when it is nothing of the kind. Single studies that mean nothing (any more) are left out."""
    if not isinstance(kept, dict) or not isinstance(kept.get("studies"), list):
        return None
    entries = [one for one in map(_shown, kept["studies"][:MOST]) if one is not None]
    return entries, kept.get("profile") is True


def _shown(kept: object) -> Shown | None:
    if not isinstance(kept, dict) or kept.get("kind") not in KINDS:
        return None
    values, colours = kept.get("values"), kept.get("colours")
    study = KINDS[kept["kind"]](values if isinstance(values, dict) else None)
    told: Iterable[object] = colours if isinstance(colours, list) else ()
    good = [colour for colour in told if isinstance(colour, str) and colour in COLOURS]
    wanted = len(study.line_names)
    return Shown(study, tuple((good + [c for c in COLOURS * 2 if c not in good])[:wanted]))
