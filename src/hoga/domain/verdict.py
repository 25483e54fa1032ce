"""What rules say of an order: refuse it with reasons, ask about it, or note what could not be judged."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hoga.base.message import Message


class Verdict(Struct, frozen=True):
    """Accept when there are no ``reasons`` and no ``questions``; refuse when there are ``reasons``; else ask.

    ``notes`` stand in nobody's way: they say what could not be judged, or what a refused order may have been meant as.
    """

    reasons: tuple[Message, ...] = ()
    questions: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def accepted(self) -> bool:
        return not self.reasons and not self.questions

    def plus(self, other: Verdict) -> Verdict:
        if other is PASSED:
            return self
        if self is PASSED:
            return other
        return Verdict(self.reasons + other.reasons, self.questions + other.questions, self.notes + other.notes)

    def as_questions(self) -> Verdict:
        """The same, but what it would refuse it asks: for an order that no limit may refuse."""
        return Verdict((), self.reasons + self.questions, self.notes)

    def as_notes(self) -> Verdict:
        """The same, but nothing of it stands in the way."""
        return Verdict((), (), self.reasons + self.questions + self.notes)


PASSED = Verdict()


def refuse(code: str, /, **values: object) -> Verdict:
    return Verdict(reasons=(Message(code, values),))


def ask(code: str, /, **values: object) -> Verdict:
    return Verdict(questions=(Message(code, values),))


def note(code: str, /, **values: object) -> Verdict:
    return Verdict(notes=(Message(code, values),))


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Every verdict at once: a person sees everything that is wrong with an order."""
    together = PASSED
    for verdict in verdicts:
        together = together.plus(verdict)
    return together


def percent_text(part: int, whole: int) -> str:
    """``part`` of ``whole`` in percent with one decimal, cut, never rounded up over a limit: ``"3.2"``."""
    tenths = abs(part) * 1000 // whole
    return f"{tenths // 10:,}.{tenths % 10}"
