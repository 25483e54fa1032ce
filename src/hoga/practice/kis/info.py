"""Product look-ups CTPF1604R and CTPF1002R, and trading days CTCA0903R (kis.md 4.1.8, 4.1.9)."""

from __future__ import annotations

from datetime import date, timedelta

from hoga.domain.calendar import KRX
from hoga.domain.instruments import Instrument
from hoga.practice.kis.answers import Reply, Row
from hoga.practice.kis.codes import (
    EXCHANGE_DIVISIONS,
    MARKET_IDS,
    SECURITY_GROUPS,
    padded_code,
    wire_code,
)
from hoga.practice.kis.errors import no_information
from hoga.practice.kis.operation import Call, quote
from hoga.practice.kis.paging import Sheet
from hoga.practice.kis.prices import yes

_KOREAN = "300"
_DAYS_PER_PAGE = 24
_DAYS_AHEAD = 120
_CALENDAR = KRX.guessing()


def search_info(call: Call) -> Reply:
    """Names and codes of one product; ``rt_cd`` 7 for anything but a Korean instrument of this exchange."""
    found = _korean(call)
    output = {
        "pdno": padded_code(found),
        "prdt_type_cd": _KOREAN,
        **_names(found),
        "std_pdno": found.isin,
        "shtn_pdno": wire_code(found),
        "prdt_sale_stat_cd": "",
        "prdt_risk_grad_cd": "",
        "prdt_clsf_cd": "101510",
        "prdt_clsf_name": "주권",
        "sale_strt_dt": "",
        "sale_end_dt": "",
        "wrap_asst_type_cd": "06",
        "wrap_asst_type_cd_name": "주식",
        "ivst_prdt_type_cd": "06",
        "ivst_prdt_type_cd_name": "주식",
        "frst_erlm_dt": "",
    }
    return Reply({"output": output})


def search_stock_info(call: Call) -> Reply:
    found = _korean(call)
    state = call.exchange.state(found.code)
    flags = state.flags if state is not None else found.flags
    output = {
        "pdno": padded_code(found),
        "prdt_type_cd": _KOREAN,
        "mket_id_cd": MARKET_IDS[found.market],
        "scty_grp_id_cd": SECURITY_GROUPS[found.product],
        "excg_dvsn_cd": EXCHANGE_DIVISIONS[found.market],
        "setl_mmdd": "1231",
        "lstg_stqt": str(found.listed_shares or 0),
        "lstg_cptl_amt": "0",
        "cpta": "0",
        "papr": "0",
        "issu_pric": "0",
        "kospi200_item_yn": "N",
        "scts_mket_lstg_dt": "",
        "kosdaq_mket_lstg_dt": "",
        "lstg_abol_dt": "",
        "tr_stop_yn": yes(flags.halted),
        "admn_item_yn": yes(flags.managed),
        "thdt_clpr": str(state.last if state else 0),
        "bfdy_clpr": str(state.base if state else 0),
        "clpr_chng_dt": "",
        **_names(found),
        "std_pdno": found.isin,
        "idx_bztp_lcls_cd_name": found.sector,
        "idx_bztp_mcls_cd_name": found.sector,
        "idx_bztp_scls_cd_name": "",
        "std_idst_clsf_cd_name": found.sector,
        "etf_dvsn_cd": "",
        "etf_type_cd": "",
        "etf_cu_qty": "0",
        "etf_chas_erng_rt_dbnb": "0",
        "sbst_pric": str(state.base * 8 // 10 if state else 0),
        "elec_scty_yn": "Y",
        "cptt_trad_tr_psbl_yn": yes(any(venue.value == "NXT" for venue in found.venues)),
        "nxt_tr_stop_yn": "N",
    }
    return Reply({"output": output})


def trading_days(call: Call) -> Reply:
    """The base date and the days after it. ``opnd_yn`` is this exchange's own schedule: it trades every day.

    Settlement follows the Korean exchange's calendar (T+2 counts its settlement days), so ``sttl_day_yn`` and the
    working day ``bzdy_yn`` do too.
    """
    first = call.fields.day("BASS_DT")
    days = [first + timedelta(days=n) for n in range(_DAYS_AHEAD)]
    page = Sheet("{:%Y%m%d}".format, _day_row, _DAYS_PER_PAGE, width=20, suffix="").page(call, days)
    return Reply({"output": page.rows}, page.success, page.paging, page.cursors)


def _day_row(day: date) -> Row:
    settles = _CALENDAR.is_settlement_day(day)
    return {
        "bass_dt": f"{day:%Y%m%d}",
        "wday_dvsn_cd": f"{day.isoweekday() % 7 + 1:02d}",
        "bzdy_yn": yes(settles or _CALENDAR.is_trading_day(day)),
        "tr_day_yn": "Y",
        "opnd_yn": "Y",
        "sttl_day_yn": yes(settles),
    }


def _korean(call: Call) -> Instrument:
    found = call.instrument() if call.fields.required("PRDT_TYPE_CD") == _KOREAN else None
    if found is None:
        raise no_information()
    return found


def _names(found: Instrument) -> Row:
    return {
        "prdt_name": found.name_ko,
        "prdt_name120": found.name_ko,
        "prdt_abrv_name": found.name_ko,
        "prdt_eng_name": found.name_en,
        "prdt_eng_name120": found.name_en,
        "prdt_eng_abrv_name": found.name_en,
    }


OPERATIONS = (
    quote("search-info", "CTPF1604R", search_info, on_paper=False),
    quote("search-stock-info", "CTPF1002R", search_stock_info, on_paper=False),
    quote("chk-holiday", "CTCA0903R", trading_days, on_paper=False),
)
