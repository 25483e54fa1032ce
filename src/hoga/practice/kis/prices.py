"""Current price: FHKST01010100, its richer variant FHPST01010000, and many at once FHKST11300006 (kis.md 4.1.1, 4.1.7).

The exchange makes no earnings, foreign holdings or programme trades up, so those figures are zero, never blank.
"""

from __future__ import annotations

from hoga.domain.instruments import InvestmentWarning, ProductType
from hoga.practice.api import MarketState
from hoga.practice.figures import day_direction, direction, percent, rounded
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import WARNING_CODES, find_instrument, wire_code
from hoga.practice.kis.operation import Call, quote
from hoga.practice.ranges import Extremes, Ranges

_HUNDRED_MILLION = 100_000_000
_MOST_AT_ONCE = 30


def price_now(state: MarketState) -> int:
    """Never 0 for a known instrument: 0 would mean an unknown code."""
    return state.price


def change_fields(state: MarketState) -> Row:
    """The change against the previous close under its usual names."""
    last = price_now(state)
    return {
        "prdy_vrss": str(last - state.base),
        "prdy_vrss_sign": day_direction(last, state.base, state.upper, state.lower),
        "prdy_ctrt": percent(last - state.base, state.base),
    }


def yes(flag: bool) -> str:
    return "Y" if flag else "N"


def inquire_price(call: Call) -> Reply:
    state = call.quoted()
    if state is None:
        return Reply({"output": {"stck_prpr": "0", "stck_shrn_iscd": call.fields.text("FID_INPUT_ISCD")}})
    ranges = call.ranges.of(state)
    output = {
        **_status(state),
        "stck_prpr": str(price_now(state)),
        **change_fields(state),
        **_day(state),
        **_pivots(ranges),
        **_standing(state),
        **_ranges(state, ranges),
        **_flags(state),
    }
    return Reply({"output": output})


def inquire_price_2(call: Call) -> Reply:
    state = call.quoted()
    if state is None:
        return Reply({"output": {"stck_prpr": "0"}})
    flags, last = state.flags, price_now(state)
    output = {
        "rprs_mrkt_kor_name": state.instrument.market.value,
        "stck_prpr": str(last),
        **change_fields(state),
        "acml_tr_pbmn": str(state.amount),
        "acml_vol": str(state.volume),
        "prdy_vol": str(state.previous_volume),
        "prdy_vrss_vol_rate": percent(state.volume, state.previous_volume),
        "bstp_kor_isnm": state.instrument.sector,
        "sltr_yn": yes(flags.liquidation),
        "mang_issu_yn": yes(flags.managed),
        "trht_yn": yes(flags.halted),
        "oprc_rang_cont_yn": "N",
        "vlnt_fin_cls_code": "N",
        "stck_prdy_clpr": str(state.base),
        **_compared(state),
        "marg_rate": "100.00",
        "crdt_rate": "0.00",
        "crdt_able_yn": "N",
        "elw_pblc_yn": "N",
        "stck_mxpr": str(state.upper),
        "stck_llam": str(state.lower),
        "bstp_cls_code": "",
        "stck_sdpr": str(state.base),
        "vi_cls_code": yes(flags.volatility_interruption),
        "low_current_yn": "N",
        "ssts_hot_yn": "N",
        "stange_runup_yn": "N",
        "invt_caful_yn": yes(flags.warning is InvestmentWarning.CAUTION),
        "mrkt_warn_cls_code": WARNING_CODES[flags.warning],
        **dict.fromkeys(("mrkt_warn_cls_name", "flng_cls_name", "vlnt_deal_cls_name", "new_lstn_cls_name"), ""),
        **dict.fromkeys(("divi_app_cls_code", "short_over_cls_code"), ""),
        "short_over_yn": yes(flags.overheated),
        "insn_pbnt_yn": "N",
    }
    return Reply({"output": output})


def multiple_prices(call: Call) -> Reply:
    """Up to 30 pairs of market and code; unknown codes give no row."""
    rows: list[Row] = []
    for n in range(1, _MOST_AT_ONCE + 1):
        code = call.fields.text(f"FID_INPUT_ISCD_{n}").strip()
        found = find_instrument(call.exchange.instruments(), code) if code else None
        state = call.exchange.state(found.code) if found is not None else None
        if state is not None:
            rows.append(_short_row(call, state))
    return Reply({"output": rows})


def _status(state: MarketState) -> Row:
    head = {
        "iscd_stat_cls_code": _status_code(state),
        "marg_rate": "100.00",
        "rprs_mrkt_kor_name": state.instrument.market.value,
        "temp_stop_yn": yes(state.flags.halted),
        **dict.fromkeys(("oprc_rang_cont_yn", "clpr_rang_cont_yn", "crdt_able_yn"), "N"),
        "grmn_rate_cls_code": "100",
        "elw_pblc_yn": "N",
    }
    if state.instrument.product is ProductType.STOCK and state.instrument.sector:
        head["bstp_kor_isnm"] = state.instrument.sector
    return head


def _status_code(state: MarketState) -> str:
    """``iscd_stat_cls_code`` (kis.md 4.0.3): the gravest that holds."""
    flags = state.flags
    warnings = {InvestmentWarning.RISK: "52", InvestmentWarning.WARNING: "53", InvestmentWarning.CAUTION: "54"}
    if flags.halted:
        return "58"
    if flags.managed:
        return "51"
    return "59" if flags.overheated else warnings.get(flags.warning, "00")


def _day(state: MarketState) -> Row:
    return {
        "acml_tr_pbmn": str(state.amount),
        "acml_vol": str(state.volume),
        "prdy_vrss_vol_rate": percent(state.volume, state.previous_volume),
        "stck_oprc": str(state.open),
        "stck_hgpr": str(state.high),
        "stck_lwpr": str(state.low),
        "stck_mxpr": str(state.upper),
        "stck_llam": str(state.lower),
        "stck_sdpr": str(state.base),
        "wghn_avrg_stck_prc": rounded(state.amount, state.volume),
        "hts_frgn_ehrt": "0.00",
        "frgn_ntby_qty": "0",
        "pgtr_ntby_qty": "0",
    }


def _pivots(ranges: Ranges) -> Row:
    """Support and resistance of yesterday's candle, in the formulas that the recorded answers follow."""
    candle = ranges.yesterday
    high, low, close = (candle.high_units, candle.low_units, candle.close_units) if candle else (0, 0, 0)
    pivot = (high + low + close) // 3
    rising = candle is not None and candle.close_units > candle.open_units
    doubled = 2 * high + low + close if rising else high + 2 * low + close
    return {
        "pvt_scnd_dmrs_prc": str(pivot + high - low),
        "pvt_frst_dmrs_prc": str(2 * pivot - low),
        "pvt_pont_val": str(pivot),
        "pvt_frst_dmsp_prc": str(2 * pivot - high),
        "pvt_scnd_dmsp_prc": str(pivot - high + low),
        "dmrs_val": str(doubled // 2 - low),
        "dmsp_val": str(doubled // 2 - high),
    }


def _standing(state: MarketState) -> Row:
    listed = state.instrument.listed_shares or 0
    return {
        "cpfn": "0",
        "rstc_wdth_prc": str(state.upper - state.base),
        "stck_fcam": "0",
        "stck_sspr": str(state.base * 8 // 10),
        "aspr_unit": str(state.tick),
        "hts_deal_qty_unit_val": str(state.instrument.lot),
        "lstn_stcn": str(listed),
        "hts_avls": str(listed * price_now(state) // _HUNDRED_MILLION),
        **dict.fromkeys(("per", "pbr", "eps", "bps"), "0.00"),
        "stac_month": "12",
        "vol_tnrt": percent(state.volume, listed),
    }


def _ranges(state: MarketState, ranges: Ranges) -> Row:
    last = price_now(state)
    return {
        **_extremes("d250", ranges.sessions, last, "vrss_prpr_rate"),
        **_dryy(ranges.calendar_year, last),
        **_extremes("w52", ranges.year, last, "vrss_prpr_ctrt"),
    }


def _extremes(prefix: str, extremes: Extremes, last: int, rate: str) -> Row:
    return {
        f"{prefix}_hgpr": str(extremes.high),
        f"{prefix}_hgpr_date": f"{extremes.high_on:%Y%m%d}",
        f"{prefix}_hgpr_{rate}": percent(last - extremes.high, extremes.high),
        f"{prefix}_lwpr": str(extremes.low),
        f"{prefix}_lwpr_date": f"{extremes.low_on:%Y%m%d}",
        f"{prefix}_lwpr_{rate}": percent(last - extremes.low, extremes.low),
    }


def _dryy(extremes: Extremes, last: int) -> Row:
    return {
        "stck_dryy_hgpr": str(extremes.high),
        "dryy_hgpr_vrss_prpr_rate": percent(last - extremes.high, extremes.high),
        "dryy_hgpr_date": f"{extremes.high_on:%Y%m%d}",
        "stck_dryy_lwpr": str(extremes.low),
        "dryy_lwpr_vrss_prpr_rate": percent(last - extremes.low, extremes.low),
        "dryy_lwpr_date": f"{extremes.low_on:%Y%m%d}",
    }


def _flags(state: MarketState) -> Row:
    flags = state.flags
    return {
        "whol_loan_rmnd_rate": "0.00",
        "ssts_yn": "N",
        "stck_shrn_iscd": wire_code(state.instrument),
        "fcam_cnnm": "0",
        "cpfn_cnnm": "",
        "frgn_hldn_qty": "0",
        "vi_cls_code": yes(flags.volatility_interruption),
        "ovtm_vi_cls_code": "N",
        "last_ssts_cntg_qty": "0",
        "invt_caful_yn": yes(flags.warning is InvestmentWarning.CAUTION),
        "mrkt_warn_cls_code": WARNING_CODES[flags.warning],
        "short_over_yn": yes(flags.overheated),
        "sltr_yn": yes(flags.liquidation),
        "mang_issu_cls_code": yes(flags.managed),
    }


def _compared(state: MarketState) -> Row:
    """Open, high and low, each against the previous close and the last price against each."""
    last = price_now(state)
    row: Row = {}
    for name, price in (("oprc", state.open), ("hgpr", state.high), ("lwpr", state.low)):
        row[f"stck_{name}"] = str(price)
        row[f"prdy_clpr_vrss_{name}_rate"] = percent(price - state.base, state.base) if price else "0.00"
        row[f"{name}_vrss_prpr_sign"] = direction(last - price) if price else "3"
        row[f"{name}_vrss_prpr"] = str(last - price) if price else "0"
    return row


def _short_row(call: Call, state: MarketState) -> Row:
    book = call.exchange.book(state.instrument.code)
    ask = book.asks[0] if book and book.asks else None
    bid = book.bids[0] if book and book.bids else None
    change = change_fields(state)
    return {
        "kospi_kosdaq_cls_name": state.instrument.market.value,
        "mrkt_trtm_cls_name": "",
        "hour_cls_code": "0",
        "inter_shrn_iscd": wire_code(state.instrument),
        "inter_kor_isnm": state.instrument.name_ko,
        "inter2_prpr": str(price_now(state)),
        "inter2_prdy_vrss": change["prdy_vrss"],
        "prdy_vrss_sign": change["prdy_vrss_sign"],
        "prdy_ctrt": change["prdy_ctrt"],
        "acml_vol": str(state.volume),
        "inter2_oprc": str(state.open),
        "inter2_hgpr": str(state.high),
        "inter2_lwpr": str(state.low),
        "inter2_llam": str(state.lower),
        "inter2_mxpr": str(state.upper),
        "inter2_askp": str(ask.price_units if ask else 0),
        "inter2_bidp": str(bid.price_units if bid else 0),
        "seln_rsqn": str(ask.quantity if ask else 0),
        "shnu_rsqn": str(bid.quantity if bid else 0),
        "total_askp_rsqn": str(book.total_ask if book else 0),
        "total_bidp_rsqn": str(book.total_bid if book else 0),
        "acml_tr_pbmn": str(state.amount),
        "inter2_prdy_clpr": str(state.base),
        "inter2_sdpr": str(state.base),
        "oprc_vrss_hgpr_rate": percent(state.high - state.open, state.open),
    }


OPERATIONS = (
    quote("inquire-price", "FHKST01010100", inquire_price),
    quote("inquire-price-2", "FHPST01010000", inquire_price_2, on_paper=False),
    quote("intstock-multprice", "FHKST11300006", multiple_prices, on_paper=False),
)
