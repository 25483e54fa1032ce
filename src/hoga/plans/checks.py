"""What is wrong with the inputs of a plan, told before anything is reckoned. Nothing here raises.

``unusable`` names what makes a plan impossible to reckon; ``unfit`` what must be mended before it can be approved
though it can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hoga.base.message import Message
from hoga.domain.acceptance import kinds_taken
from hoga.domain.instruments import ProductType
from hoga.domain.sessions import Phase
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.plans.inputs import WHOLE, Asset, Inputs, Role, SidePlan, Style, Target, Weighting
from hoga.plans.plan import Issue, Severity
from hoga.plans.prices import side_plan
from hoga.plans.schedule import MOST_ROUNDS

_HUGE = 10**15
_DAY_S = 24 * 60 * 60


def error(code: str, instrument: str | None = None, **values: object) -> Issue:
    return _issue(Severity.ERROR, code, instrument, values)


def warning(code: str, instrument: str | None = None, **values: object) -> Issue:
    return _issue(Severity.WARNING, code, instrument, values)


def unusable(inputs: Inputs) -> tuple[Issue, ...]:
    """Every reason for which no plan can be reckoned from ``inputs``, in the order of the editor."""
    return (*_rows(inputs), *_weights(inputs), *_instruments(inputs), *_numbers(inputs), *_moments(inputs))


def unfit(inputs: Inputs) -> tuple[Issue, ...]:
    """What stands against approving: the account, the day, start times in the past, order styles. Inputs are usable."""
    return (*_surroundings(inputs), *_starts(inputs), *_styles(inputs))


def _issue(severity: Severity, code: str, instrument: str | None, values: dict[str, object]) -> Issue:
    told = values if instrument is None else {"code": instrument, **values}
    return Issue(severity, Message(code, told), instrument)


def _rows(inputs: Inputs) -> Iterator[Issue]:
    if not inputs.managed:
        yield error("PLAN_NO_TARGETS")
    for code, times in Counter(row.code for row in inputs.targets).items():
        if times > 1:
            yield error("PLAN_ROW_TWICE", code)
    for code, times in Counter(asset.code for asset in inputs.assets).items():
        if times > 1:
            yield error("PLAN_ASSET_TWICE", code)
    rows = {row.code for row in inputs.targets}
    for asset in inputs.assets:
        if asset.held and asset.code not in rows:
            yield error("PLAN_HOLDING_WITHOUT_TARGET", asset.code, name=asset.name, held=asset.held)


def _weights(inputs: Inputs) -> Iterator[Issue]:
    if inputs.rules.weighting is Weighting.EQUAL:
        return
    for row in inputs.managed:
        if row.weight is None:
            yield error("PLAN_WEIGHT_MISSING", row.code)
        elif row.weight < 0:
            yield error("PLAN_WEIGHT_NEGATIVE", row.code, weight=percent(row.weight))
    total = sum(row.weight or 0 for row in inputs.managed)
    if total > WHOLE:
        yield error("PLAN_WEIGHTS_OVER", total=percent(total), over=percent(total - WHOLE))


def _instruments(inputs: Inputs) -> Iterator[Issue]:
    assets = inputs.by_code
    for row in inputs.targets:
        asset = assets.get(row.code)
        if row.role is Role.MANAGED and (asset is None or not asset.listed):
            yield error("PLAN_UNKNOWN_CODE", row.code)
        elif asset is not None:
            yield from _instrument(row, asset)


def _instrument(row: Target, asset: Asset) -> Iterator[Issue]:
    managed = row.role is Role.MANAGED
    if asset.price <= 0 and (managed or row.counted):
        yield error("PLAN_NO_PRICE", row.code, name=asset.name)
    if managed and asset.halted:
        yield error("PLAN_HALTED", row.code, name=asset.name, held=asset.held)
    if managed and asset.liquidation:
        yield error("PLAN_LIQUIDATION", row.code, name=asset.name, held=asset.held)
    if managed and asset.product is ProductType.ELW:
        yield error("PLAN_PRODUCT", row.code, product=asset.product.value)


def _numbers(inputs: Inputs) -> Iterator[Issue]:
    for field, number, least, most in _ranges(inputs):
        if not least <= number <= most:
            yield error("PLAN_NUMBER", field=field, number=number, least=least, most=most)
    for asset in inputs.assets:
        for field, number, least, most in _ranges_of(asset):
            if not least <= number <= most:
                yield error("PLAN_NUMBER", field=f"{asset.code}.{field}", number=number, least=least, most=most)


def _ranges(inputs: Inputs) -> Iterator[tuple[str, int, int, int]]:
    rules, timing, account = inputs.rules, inputs.timing, inputs.account
    yield "buffer", rules.buffer, 0, _HUGE
    yield "buffer_part", rules.buffer_part, 0, WHOLE - 1
    yield "band", rules.band, 0, WHOLE
    yield "band_relative", rules.band_relative, 0, WHOLE
    yield "least_trade", rules.least_trade, 0, _HUGE
    yield "deposit", rules.deposit, 0, _HUGE
    yield "volume_part", rules.volume_part, 0, WHOLE
    yield "gap_s", timing.gap_s, 0, 3600
    yield "jitter_s", timing.jitter_s, 0, 3600
    yield "margin_s", timing.margin_s, 0, 3600
    yield "fee_rate", account.fee_rate, 0, 1_000_000_000
    yield "fee_unit", account.fee_unit, 1, 1_000_000
    for side in Side:
        how = side_plan(inputs, side)
        yield f"{side.value}.rounds", how.rounds, 1, MOST_ROUNDS
        yield f"{side.value}.spacing_s", how.spacing_s, 1, _DAY_S
        yield f"{side.value}.ticks", how.ticks, -100, 100
        yield f"{side.value}.collar", how.collar, 0, 100


def _ranges_of(asset: Asset) -> Iterator[tuple[str, int, int, int]]:
    yield "held", asset.held, 0, _HUGE
    yield "sellable", asset.sellable, 0, max(asset.held, 0)
    yield "price", asset.price, 0, _HUGE
    if asset.bid is not None:
        yield "bid", asset.bid, 1, _HUGE
    if asset.ask is not None:
        yield "ask", asset.ask, 1, _HUGE
    if asset.lower_limit is not None:
        yield "lower_limit", asset.lower_limit, 1, _HUGE
    if asset.upper_limit is not None:
        yield "upper_limit", asset.upper_limit, 1, _HUGE
    if asset.volume is not None:
        yield "volume", asset.volume, 0, _HUGE


def _moments(inputs: Inputs) -> Iterator[Issue]:
    moments = [("at", inputs.at), ("sell.start", inputs.timing.sell.start), ("buy.start", inputs.timing.buy.start)]
    for window in inputs.session.windows:
        moments += [("window.start", window.start), ("window.end", window.end)]
    for field, moment in moments:
        if moment is not None and moment.utcoffset() is None:
            yield error("PLAN_NO_ZONE", field=field)


def _surroundings(inputs: Inputs) -> Iterator[Issue]:
    if not inputs.account.connected:
        yield error("PLAN_NOT_CONNECTED", connection=inputs.account.connection)
    if not inputs.session.windows:
        yield error("PLAN_NO_SESSION", day=inputs.session.trading_date.isoformat())
    if not (inputs.rules.buy or (inputs.rules.sell and not inputs.rules.deposit)):
        yield error("PLAN_BOTH_SIDES_OFF")


def _starts(inputs: Inputs) -> Iterator[Issue]:
    for side in Side:
        start = side_plan(inputs, side).start
        if start is not None and start < inputs.at:
            yield error("PLAN_START_PAST", side=side.value, start=f"{start:%Y-%m-%d %H:%M}", now=f"{inputs.at:%H:%M}")


def _styles(inputs: Inputs) -> Iterator[Issue]:
    session = inputs.session
    taken = kinds_taken(session.venue, Phase.REGULAR, session.rules_on)
    for side in Side:
        if (order_type(side_plan(inputs, side)), TimeInForce.DAY) not in taken:
            yield error("PLAN_STYLE_NOT_TAKEN", side=side.value, venue=session.venue.value)


def order_type(how: SidePlan) -> OrderType:
    """The type of the child orders that a style makes."""
    return OrderType.MARKET if how.style is Style.MARKET else OrderType.LIMIT


def percent(ppm: int) -> str:
    """Parts per million as a percentage, exactly: ``33.3333``."""
    sign, size = ("-" if ppm < 0 else ""), abs(ppm)
    return f"{sign}{size // 10_000}.{size % 10_000:04d}".rstrip("0").rstrip(".")
