"""The desk on a whole terminal: header, live book, orders, holdings, activity, and one line to type on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.styles import Style
from prompt_toolkit.widgets import TextArea

from hoga.base.tasks import Busy, TaskOwner
from hoga.terminal import picture as drawn
from hoga.terminal.session import Session

_FRAME_S = 0.1
_STYLE = Style.from_dict(
    {
        "practice": "bg:#0e4a2a #ffffff bold",
        "up": "#ff6b6b",
        "down": "#6ea8ff",
        "ask": "#6ea8ff",
        "bid": "#ff6b6b",
        "dim": "#8b93a1",
        "head": "bold underline",
        "good": "#5bd68b",
        "bad": "#ff8a80 bold",
        "prompt": "bold",
    }
)


class FullScreen:
    """See the module. The picture is taken ten times a second and drawn when it differs from the last."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tasks = TaskOwner("terminal")
        self._picture = session.picture()
        self._input = TextArea(height=1, multiline=False, prompt="› ", accept_handler=self._accept)
        self._app: Application[None] = Application(
            layout=Layout(self._layout(), focused_element=self._input),
            key_bindings=self._keys(),
            style=_STYLE,
            full_screen=True,
        )

    async def run(self) -> None:
        """Until the person leaves."""
        self._tasks.start("frames", self._frames())
        try:
            await self._app.run_async()
        finally:
            await self._tasks.aclose()

    def _layout(self) -> HSplit:
        left = self._pane(drawn.book_rows, width=44)
        right = HSplit([self._pane(drawn.order_rows), self._pane(drawn.holding_rows)])
        return HSplit(
            [
                self._pane(drawn.header, height=1),
                self._pane(drawn.quote_line, height=1),
                VSplit([left, Window(width=1, char="│"), right]),
                self._pane(drawn.activity_rows, height=9),
                self._input,
            ]
        )

    def _pane(
        self, rows: Callable[[drawn.Picture], drawn.Styled], width: int | None = None, height: int | None = None
    ) -> Window:
        return Window(
            FormattedTextControl(lambda: FormattedText(rows(self._picture))),
            width=Dimension.exact(width) if width else None,
            height=Dimension.exact(height) if height else None,
        )

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("c-c")
        @keys.add("c-d")
        def _leave(event: KeyPressEvent) -> None:
            event.app.exit()

        return keys

    def _accept(self, buffer: Buffer) -> bool:
        self._tasks.start("line", self._execute(buffer.text), busy=Busy.DROP)
        return False

    async def _execute(self, line: str) -> None:
        await self._session.execute(line)
        self._refresh()
        if self._session.over and self._app.is_running:
            self._app.exit()

    async def _frames(self) -> None:
        while True:
            await asyncio.sleep(_FRAME_S)
            self._refresh()

    def _refresh(self) -> None:
        picture = self._session.picture()
        if picture != self._picture:
            self._picture = picture
            self._app.invalidate()
