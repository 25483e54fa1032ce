"""What the window will want to be told of first, known from when it was left: asked for as soon as there is a broker to
ask, while the window is still being made."""

from __future__ import annotations

from hoga.broker.port import Topic, TopicKind
from hoga.ui.kept_instrument import read_instrument
from hoga.ui.outline import kept_outline
from hoga.ui.state import StateStore


def foreseen(state: StateStore) -> tuple[Topic, ...]:
    """The instrument that was shown, then the rows of the watch list in their order."""
    outline = kept_outline(state)
    selected = read_instrument(state.get("selected"))
    rows = [read_instrument(text) for text in (outline.watched if outline is not None else ())]
    topics = [Topic(kind, selected) for kind in (TopicKind.TRADES, TopicKind.BOOK)] if selected is not None else []
    topics += [Topic(TopicKind.TRADES, one) for one in rows if one is not None]
    return tuple(dict.fromkeys(topics))
