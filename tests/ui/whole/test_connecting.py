"""An account of one's own, connected in the real window to the real exchange; and no trace of its keys afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import logging
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hoga.app.connection_file import FILE
from hoga.app.connections import OpenConnections, first_shown, open_connections
from hoga.app.desk_window import DeskView
from hoga.app.failures import failures_logged
from hoga.app.options import DeskOptions
from hoga.app.window import live
from hoga.app.words import words
from hoga.base.message import Language
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.secrets import ConnectionSecrets, KeyringStore
from hoga.trading.connections import Field, Keep, Key, Standing, StepKind, StepState
from hoga.ui.connect import add_connections
from hoga.ui.connect.dialog import ConnectionsDialog
from hoga.ui.connect.words import Environment
from hoga.ui.opening import Opening
from hoga.ui.settings_file import When
from hoga.ui.shell import Shell
from tests.broker.helpers import until
from tests.connections.helpers import SAMSUNG
from tests.secrets.test_stores import MemoryKeyring
from tests.ui.whole.conftest import Exchange
from tests.ui.whole.test_looking_on import by_hand

Run = Callable[[Coroutine[Any, Any, Any]], Any]
PATIENCE = 30.0

# --- nothing open at the start ----------------------------------------------------------------------------------------


def shown(kind: type[QWidget]) -> Any:
    """The visible window of a kind, None while there is none."""
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def test_with_everything_off_the_connections_are_offered_and_one_switched_on_opens_the_desk(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    async def story() -> None:
        own = tmp_path / "desk"
        options = DeskOptions(exchange.data, end_exchange=False, own_folder=own)
        async with open_connections(options) as connections:
            for row in connections.all():
                await connections.enable(row.details.key, False)
        life = asyncio.get_running_loop().create_task(live(qapp, options, Language.EN))
        await until(lambda: shown(Opening) and shown(Opening).connections.isVisible(), PATIENCE)
        await by_hand(shown(Opening).connections.click)
        await until(lambda: shown(ConnectionsDialog), PATIENCE)
        await by_hand(shown(ConnectionsDialog).overview.buttons["enable"].click)
        await until(lambda: shown(Shell), PATIENCE)
        window = shown(Shell)
        assert shown(ConnectionsDialog) is None
        assert window.face.context.actions.trigger("connections")
        await until(lambda: shown(ConnectionsDialog), PATIENCE)
        await by_hand(window.close)
        assert await asyncio.wait_for(life, PATIENCE) == 0

    run(story())


# --- marked secrets ---------------------------------------------------------------------------------------------------

PLANTED = {
    Field.APP_KEY: "PSplantedKEY0123456789ABCDEFGHIJKLMN",
    Field.APP_SECRET: "plantedSECRET+/" * 12,
    Field.ACCOUNT: "91827364-55",
    Field.HTS_ID: "plantedhts77",
}
"""Keys that open nothing: the exchange has never heard of them."""


class Leaky(MemoryKeyring):
    """A keyring that puts what it was given into its error, as some do."""

    def __init__(self) -> None:
        super().__init__()
        self.failing = False

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.failing:
            raise RuntimeError(f"could not keep {password!r} of {service}")
        super().set_password(service, username, password)


def account_marks(number: str) -> set[str]:
    digits = number.replace("-", "")
    return {digits, digits[:8], f"{digits[:8]}-{digits[8:]}"}


def spoken(widget: QWidget) -> Iterator[str]:
    """Everything that a screen reader, a tooltip or a title could tell of a window."""
    pending = [QAccessible.queryAccessibleInterface(widget)]
    while pending:
        one = pending.pop()
        if one is None or not one.isValid():
            continue
        for kind in QAccessible.Text:
            if kind is not QAccessible.Text.UserText:
                yield one.text(kind)
        pending += [one.child(k) for k in range(min(one.childCount(), 400))]
    for part in (widget, *widget.findChildren(QWidget)):
        yield from (part.toolTip(), part.windowTitle(), part.statusTip(), part.whatsThis(), part.objectName())


class Desk:
    """The whole window on real connections, with a keyring that can be made to fail."""

    def __init__(self, connections: OpenConnections, dialog: ConnectionsDialog, view: DeskView) -> None:
        self.connections = connections
        self.dialog = dialog
        self.view = view

    def fill(self, texts: dict[Field, str], exchange: Exchange) -> None:
        form, kis = self.dialog.form_page.form, exchange.process.endpoint["kis"]
        form.environment.setCurrentIndex(form.environment.findData(Environment.REAL))
        form.advanced.setChecked(True)
        form.rest.setText(kis["rest"])
        form.ws.setText(kis["ws"])
        for of, text in texts.items():
            form.fields.lines[of].edit.setText(text)

    async def tested(self) -> dict[StepKind, StepState]:
        steps = self.dialog.form_page.steps
        await by_hand(self.dialog.form_page.test.click)
        await until(lambda: len(steps.steps) == len(StepKind) and not steps.running, PATIENCE)
        return {kind: step.state for kind, step in steps.steps.items()}


def seen(marks: set[str], *windows: QWidget) -> set[str]:
    """Which marks a window says aloud (by default any that is there), or the clipboard holds."""
    texts = [text for window in windows or QApplication.topLevelWidgets() for text in spoken(window)]
    texts.append(QGuiApplication.clipboard().text())
    return {mark for mark in marks for text in texts if mark in text}


def written(folder: Path, marks: set[str]) -> set[tuple[str, str]]:
    """Which marks lie in which file, in any of the usual encodings."""
    found = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found |= {
            (path.name, mark) for mark in marks for code in ("utf-8", "utf-16-le") if mark.encode(code) in content
        }
    return found


def command_lines() -> str:
    """Of every process that can be seen from here."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            lines.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(lines)


def test_marked_keys_are_found_nowhere(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Planted keys, and real ones of the exchange, through every screen of the dialog, every error and a crash."""
    at = exchange.process.account("real")
    good = {
        Field.APP_KEY: at["appkey"], Field.APP_SECRET: at["appsecret"],
        Field.ACCOUNT: at["account"], Field.HTS_ID: at["hts_id"],
    }  # fmt: skip
    keyring = Leaky()
    secret = {PLANTED[Field.APP_KEY], PLANTED[Field.APP_SECRET], good[Field.APP_KEY], good[Field.APP_SECRET]}
    marks = secret | {PLANTED[Field.HTS_ID], good[Field.HTS_ID]}
    marks |= account_marks(PLANTED[Field.ACCOUNT]) | account_marks(good[Field.ACCOUNT])
    monkeypatch.setattr("sys.excepthook", lambda *_: None)

    async def story() -> set[str]:
        exchange.tell("/settings", token_minute_rule=False)
        options = DeskOptions(exchange.data, end_exchange=False, own_folder=tmp_path / "desk")
        secrets = ConnectionSecrets(exchange.data / "practice", KeyringStore(lambda: keyring))
        loop = asyncio.get_running_loop()
        with failures_logged(options.desk / "logs" / "crash.log", loop, lambda where, error: None):
            async with open_connections(options, secrets) as connections:
                await connections.move(Key("practice-kiwoom"), 0)
                view = DeskView(qapp, await first_shown(connections), options.desk / "s.json", options.desk / "w.json")
                dialog = add_connections(view.context, connections, view.window)
                try:
                    view.preferences.file.change(sounds=When.OFF)
                    view.show()
                    await _driven(Desk(connections, dialog, view), exchange, good, keyring, secret, marks)
                    await view.context.desk.export(tmp_path / "out", Language.KO, lambda said: words(said, Language.KO))
                    with (options.desk / "logs" / "crash.log").open("a") as crashes:
                        faulthandler.dump_traceback(crashes)
                finally:
                    await view.aclose()
        return {msgspec.json.decode(value)["value"] for (name, _), value in keyring.entries.items() if "token" in name}

    tokens = run(story()) - {""}
    assert not any(PLANTED[Field.APP_KEY] in entry for entry in keyring.entries.values())
    assert len(list((tmp_path / "out").iterdir())) >= 3
    assert (tmp_path / "desk" / FILE).is_file()
    log = (tmp_path / "desk" / "logs" / "hoga.log").read_text()
    assert "the keyring failed" in log or "a slot failed on" in log, (
        "errors were logged, and the search means something"
    )
    printed = capfd.readouterr()
    assert not written(tmp_path, marks | tokens)
    planted = set(PLANTED.values()) | account_marks(PLANTED[Field.ACCOUNT])
    assert not written(exchange.data, planted)
    for text in (printed.out, printed.err, command_lines(), str(dict(os.environ))):
        assert not {mark for mark in marks | tokens if mark in text}


async def _driven(
    desk: Desk, exchange: Exchange, good: dict[Field, str], keyring: Leaky, secret: set[str], marks: set[str]
) -> None:
    dialog, page = desk.dialog, desk.dialog.form_page
    dialog.open_list()
    # A broker takes one live connection for each app key, and the usual connection to the exchange has the good one's.
    await desk.connections.enable(Key("practice-kis"), False)
    await _refused_tests(desk, exchange, good, secret)
    await _failing_keyring(desk, exchange, good, keyring, secret)
    QGuiApplication.clipboard().setText(good[Field.APP_SECRET])
    await by_hand(page.save.click)
    await until(lambda: dialog.pages.currentWidget() is dialog.overview, PATIENCE)
    assert not seen(marks)
    own = desk.connections.all()[-1]
    assert own.details.keep is Keep.KEYRING
    await desk.connections.enable(own.details.key, True)
    await until(lambda: desk.connections.all()[-1].standing is Standing.OPEN, PATIENCE)
    await _traded_and_crashed(desk, good)
    dialog.overview.choose(own.details.key)
    await by_hand(dialog.overview.buttons["edit"].click)
    assert not seen(marks)
    await by_hand(page.back.click)
    await desk.connections.delete(own.details.key)
    assert not any(own.details.key in service for service, _ in keyring.entries)


async def _refused_tests(desk: Desk, exchange: Exchange, good: dict[Field, str], secret: set[str]) -> None:
    """Each field wrong in turn; shown while held down, and spoken by nobody."""
    for wrong, failing in (
        (Field.APP_KEY, StepKind.TOKEN),
        (Field.APP_SECRET, StepKind.TOKEN),
        (Field.ACCOUNT, StepKind.BALANCE),
        (Field.HTS_ID, StepKind.FILLS),
    ):
        desk.dialog.add()
        desk.fill({**good, wrong: PLANTED[wrong]}, exchange)
        line = desk.dialog.form_page.form.fields.lines[Field.APP_SECRET]
        line.eye.pressed.emit()
        assert line.shown
        assert not seen(secret, desk.dialog)
        line.eye.released.emit()
        line.edit.selectAll()
        QTest.keySequence(line.edit, "Ctrl+C")
        assert (await desk.tested())[failing] is StepState.FAILED
        assert not seen(secret, desk.dialog)
        desk.dialog.back()
        assert not seen(secret | {PLANTED[wrong]}, desk.dialog)


async def _failing_keyring(
    desk: Desk, exchange: Exchange, good: dict[Field, str], keyring: Leaky, secret: set[str]
) -> None:
    """Its error holds the secret; what is told of it does not. The form is left filled with the good keys."""
    page = desk.dialog.form_page
    keyring.failing = True
    for texts in (PLANTED, good):
        desk.dialog.add()
        desk.fill(texts, exchange)
        await by_hand(page.save.click)
        await until(page.this_run.isVisible, PATIENCE)
        assert not seen(secret, desk.dialog)
    keyring.failing = False


async def _traded_and_crashed(desk: Desk, good: dict[Field, str]) -> None:
    """An order that fills, one that the broker refuses, and faults of ours whose texts hold the keys."""
    opened = desk.connections.all()[-1].desk
    assert opened is not None
    await until(lambda: opened.health().aligned, PATIENCE)
    quote = await opened.quote(SAMSUNG)
    for quantity in (1, 900_000):
        ticket = Ticket(
            opened.new_ticket_id(), opened.account, SAMSUNG, Side.BUY, OrderType.LIMIT,
            Shares(quantity), Price(quote.last.units),
        )  # fmt: skip
        await opened.submit(ticket)
    for text in good.values():
        logging.getLogger("hoga.test").error("a slot failed on %s", text)
        QTimer.singleShot(0, _failing(text))
        asyncio.get_running_loop().call_soon(_failing(text))
    await asyncio.sleep(0.1)


def _failing(text: str) -> Callable[[], None]:
    def fail() -> None:
        raise RuntimeError(f"a fault that speaks of {text}")

    return fail
