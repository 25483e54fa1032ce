"""What a chart looks like: all of its sight in pixels, so that a frame costs the same however many bars there are.

It is painted in two layers. The settled one, grid, axes and every bar but the newest, is a picture that is kept while
nothing of it changes: a trade, the crosshair or a dragged line costs a copy of it and what lies over it.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QPainter, QPixmap

from hoga.ui import format as show
from hoga.ui.chart.candles import draw_candles, draw_line, draw_volumes
from hoga.ui.chart.layout import Areas, laid_out
from hoga.ui.chart.looks import Looks
from hoga.ui.chart.order_lines import OrderLines, Tag, tags_of
from hoga.ui.chart.overlays import Overlays
from hoga.ui.chart.pencil import Pencil, PencilLines, Places
from hoga.ui.chart.pyramid import Extremes
from hoga.ui.chart.scales import Scales
from hoga.ui.chart.sight import Sight, Style
from hoga.ui.chart.slices import Part, Slice, visible
from hoga.ui.chart.studies.study import Place
from hoga.ui.chart.study_lines import StudyLines
from hoga.ui.chart.texts import Texts
from hoga.ui.chart.view import PriceRange

_VOLUME_TOPS: tuple[int, ...] = (*range(10), 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)


class _Plan(Struct, frozen=True):
    """What one paint draws: the figures of the bars that are seen, None without any, and whether the newest one is left
    to the upper layer."""

    areas: Areas
    prices: PriceRange
    figures: Slice | None
    busiest: int
    split: bool


def volume_scale(busiest: int) -> int:
    """The top of the volume's axis: the busiest bar, rounded up, so that the newest one, while it is the busiest, does
    not move all the others with every trade."""
    power: int = 10 ** max(len(str(busiest)) - 2, 0)
    for top in _VOLUME_TOPS:
        if top * power >= busiest:
            return top * power
    return busiest


class Picture:
    """Paints a ``Sight`` over its whole area."""

    def __init__(self, sight: Sight, looks: Looks, texts: Texts, scales: Scales) -> None:
        self.sight, self.looks, self.texts, self.scales = sight, looks, texts, scales
        self.pencil = Pencil(sight)
        self._size = (1, 1)
        self._shown: tuple[Areas, PriceRange] | None = None
        self._made_of: tuple[object, ...] | None = None
        self._settled: QPixmap | None = None

    def resize(self, width: int, height: int) -> None:
        if (width, height) != self._size:
            self._size = (width, height)
            self._shown = None

    def forget(self) -> None:
        """Nobody looks: what is kept for the next paint goes."""
        self._made_of = self._settled = None

    def geometry(self) -> tuple[Areas, PriceRange]:
        """Where everything lies in the picture that was painted last, or would be painted now before the first."""
        return self._shown or self._measure(self.sight.extremes())

    def places(self) -> Places:
        return Places(self.sight, *self.geometry(), self.scales)

    def tags(self) -> tuple[Tag, ...]:
        """Own working orders, where they are painted."""
        return tags_of(self.sight, *self.geometry(), self.scales, self.texts)

    def cross_units(self) -> int | None:
        """The price at the crosshair's row: one that can be ordered at."""
        cross, (areas, prices) = self.sight.cross, self.geometry()
        if cross is None or cross.row is None:
            return None
        return self.sight.ticks.nearest(prices.units_at(cross.row, areas.price.height()))

    # --- painting ---------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter) -> None:
        """All of it anew, with the left upper corner at the painter's origin."""
        plan = self._plan()
        studies = self._studies(painter, plan)
        self._draw_settled(painter, plan, studies)
        self._draw_over(painter, plan, studies)

    def paint(self, painter: QPainter) -> None:
        """The same picture on a screen that shows one after the other. The settled layer is kept when it is wanted for
        the second time: while the chart is moved, it is another in every frame."""
        plan = self._plan()
        studies = self._studies(painter, plan)
        ratio = painter.device().devicePixelRatio()
        made_of = self._ingredients(plan, studies, ratio)
        if made_of is None or made_of != self._made_of:
            self._made_of, self._settled = made_of, None
            self._draw_settled(painter, plan, studies)
        elif ratio % 1:  # a picture between whole pixels would be blurred
            self._draw_settled(painter, plan, studies)
        else:
            if self._settled is None:
                self._settled = self._kept(plan, ratio)
            painter.drawPixmap(0, 0, self._settled)
        self._draw_over(painter, plan, studies)

    def _plan(self) -> _Plan:
        sight = self.sight
        extremes = sight.extremes()
        areas, prices = self._shown = self._measure(extremes)
        figures = visible(sight.drawn, sight.view, areas.price.width()) if extremes is not None else None
        split = figures is not None and self._newest_stands_alone(figures)
        return _Plan(areas, prices, figures, volume_scale(extremes.volume) if extremes is not None else 0, split)

    def _newest_stands_alone(self, figures: Slice) -> bool:
        """A trade would change nothing but the newest bar: it is seen, has pixels of its own, and nothing that is shown
        follows from all of the bars."""
        sight = self.sight
        shelf, view = sight.shelf, sight.view
        if not figures.body or view.visible[1] != view.total or shelf.profile or sight.comparison is not None:
            return False
        return all(one.study.cloud is None for one in shelf.entries)

    def _ingredients(self, plan: _Plan, studies: StudyLines | None, ratio: float) -> tuple[object, ...] | None:
        """All that the settled layer follows from; None where it is another with every trade."""
        sight, view = self.sight, self.sight.view
        if studies is not None and not plan.split and view.visible[1] == view.total:
            return None
        shown = tuple((one.study, one.colours) for one in sight.shelf.entries) if studies is not None else ()
        return (
            *(self._size, ratio, self.looks, self.texts, self.scales.font, plan.prices, plan.busiest, plan.split),
            *(view.first, view.span, view.total, sight.columns, sight.columns.begin, sight.settled, sight.style),
            *(sight.timeframe, sight.density, sight.ticks, sight.currency, sight.shelf.profile, sight.comparison),
            *(shown, studies.bounds() if studies is not None else ()),
        )

    def _kept(self, plan: _Plan, ratio: float) -> QPixmap:
        width, height = self._size
        kept = QPixmap(round(width * ratio), round(height * ratio))
        kept.setDevicePixelRatio(ratio)
        with QPainter(kept) as painter:
            self._draw_settled(painter, plan, self._studies(painter, plan))
        return kept

    def _studies(self, painter: QPainter, plan: _Plan) -> StudyLines | None:
        if plan.figures is None:
            return None
        return StudyLines(painter, self.sight, plan.areas, plan.prices, self.looks, self.scales)

    # --- the layers -------------------------------------------------------------------------------------------------

    def _draw_settled(self, painter: QPainter, plan: _Plan, studies: StudyLines | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(self.scales.font)
        painter.fillRect(plan.areas.whole, self.looks.ground)
        self.scales.draw(painter, self.sight, plan.areas, plan.prices, self.looks)
        if studies is None:
            return
        painter.setClipRect(plan.areas.price)
        studies.profile()
        studies.clouds()
        self._draw_bars(painter, plan, studies, Part.SETTLED if plan.split else Part.ALL)

    def _draw_bars(self, painter: QPainter, plan: _Plan, studies: StudyLines, part: Part) -> None:
        """Candles, volumes and the lines over and under them."""
        if plan.figures is None:
            return
        areas, looks, figures = plan.areas, self.looks, plan.figures.of(part.bars)
        painter.setClipRect(areas.price)
        if self.sight.style is Style.LINE:
            draw_line(painter, plan.figures.of(part.joints), areas.price, plan.prices, looks)
        else:
            draw_candles(painter, figures, areas.price, plan.prices, looks)
        painter.setClipRect(areas.volume)
        room = areas.volume.adjusted(0, self.scales.metrics.height() // 3, 0, 0)
        draw_volumes(painter, figures, room, plan.busiest, looks)
        studies.over_volume(room, plan.busiest, part)
        painter.setClipRect(areas.price)
        studies.over_prices(part)
        painter.setClipping(False)
        studies.own_panes(part)

    def _draw_over(self, painter: QPainter, plan: _Plan, studies: StudyLines | None) -> None:
        sight, areas, prices, looks, scales = self.sight, plan.areas, plan.prices, self.looks, self.scales
        painter.setFont(scales.font)
        over = Overlays(painter, sight, areas, prices, looks, scales)
        if studies is not None:
            if plan.split:
                self._draw_bars(painter, plan, studies, Part.NEWEST)
            painter.setClipRect(areas.price.united(areas.volume))
            self._draw_over_candles(over)
            painter.setClipping(False)
            self._draw_labels(over, studies, plan)
            PencilLines(painter, sight, areas, prices, looks, scales).draw(self.pencil, self.texts)
        if sight.last is not None:
            over.last_tag(sight.last)
        if sight.cross is not None:
            over.cross(sight.cross, self.cross_units(), self.texts)
        lines = OrderLines(painter, areas, prices, looks, scales)
        lines.draw(self.tags())
        if sight.carried is not None:
            lines.carry(sight.carried, sight, self.texts)

    def _draw_over_candles(self, over: Overlays) -> None:
        over.holes()
        if self.sight.comparison is not None:
            over.rival(self.sight.comparison)
        if self.sight.average is not None:
            over.average(self.sight.average)
        if self.sight.last is not None:
            over.last_line(self.sight.last)
        over.marks()
        over.rounds()

    def _draw_labels(self, over: Overlays, studies: StudyLines, plan: _Plan) -> None:
        sight, texts = self.sight, self.texts
        below = studies.legends()
        if sight.comparison is not None:
            below = over.rival_label(sight.comparison, below, texts.own)
        if sight.average is not None:
            over.average_label(sight.average, texts.average, below)
        over.kind(texts)
        over.volume_label(plan.busiest, texts)

    # --- inside -----------------------------------------------------------------------------------------------------

    def _measure(self, extremes: Extremes | None) -> tuple[Areas, PriceRange]:
        self.sight.compare()
        prices = self.sight.prices(extremes)
        widest = max((show.units(units, self.sight.currency) for units in (prices.high, prices.low)), key=len)
        own = len(self.sight.shelf.at(Place.OWN))
        return laid_out(*self._size, self.scales.metrics, f"↑ {widest}", own), prices
