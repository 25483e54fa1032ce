"""What a plan costs and what cash it leaves: each figure on its line, with how it comes about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hoga.plans.plan import Plan
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.plain_table import PlainTable
from hoga.ui.plan.previews import ceilings_of
from hoga.ui.tables.column import HIDDEN

_RIGHT = frozenset({1})


class CostsView(PlainTable):
    """Read-only lines; amounts are hidden with Ctrl+H."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(("", "", ""), parent, letters=20, lines=8)
        self._context = context
        self._plan: Plan | None = None
        context.amounts_hidden.connect(lambda _hidden: self.show_plan(self._plan))
        self.setFrameShape(PlainTable.Shape.NoFrame)

    def show_plan(self, plan: Plan | None) -> None:
        self._plan = plan
        self.setHorizontalHeaderLabels([self.tr("Figure"), self.tr("Won"), self.tr("How")])
        self.setAccessibleName(self.tr("Costs and cash"))
        self.show_lines(self._lines(plan) if plan is not None else (), _RIGHT)

    def _lines(self, plan: Plan) -> tuple[tuple[str, str, str], ...]:
        figures, ceilings = plan.figures, ceilings_of(plan)
        costs = figures.commission + figures.tax + figures.spread
        spread = "" if figures.spread_known else self.tr("some books had one side only: their spread is not in it")
        return (
            (self.tr("Sold"), self._won(ceilings.sell_won), self.tr("at expected prices")),
            (self.tr("Bought"), self._won(sum(leg.amount for leg in ceilings.buys)), self.tr("at expected prices")),
            (self.tr("Commission"), self._won(figures.commission), self.tr("each order by its own rate, rounded")),
            (self.tr("Tax"), self._won(figures.tax), self.tr("on sells, by market and product")),
            (self.tr("Spread"), self._won(figures.spread), spread or self.tr("half the spread for each share")),
            (self.tr("All costs"), self._won(costs), self.tr("commission + tax + spread")),
            (self.tr("Cash before"), self._won(figures.cash_before), self.tr("cash on D+2, with what is put in")),
            (self.tr("Cash after"), self._won(figures.cash_after), self.tr("at expected prices, costs paid")),
            (
                self.tr("Cash after at worst"),
                self._won(figures.cash_after_worst),
                self.tr("every order at its worst allowed price"),
            ),
            (self.tr("Cash kept"), self._won(figures.buffer), self.tr("the buffer")),
            (self.tr("Total planned for"), self._won(figures.total), self.tr("holdings + cash − buffer")),
        )

    def _won(self, won: int) -> str:
        return HIDDEN if self._context.hidden else fmt.units(won)
