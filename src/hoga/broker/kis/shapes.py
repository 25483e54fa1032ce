"""The recorded shapes of KIS replies, and the sentinel that notices when they change (features.md, idea 9).

A new field is noted once; a missing or unreadable one is reported and refuses only the reply that needs it. Names and
their meaning: kis.md 4 and 5.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Message
from hoga.broker.drift import DriftNotes

_ENVELOPE = frozenset({"rt_cd", "msg_cd", "msg1", "output", "output1", "output2", "ctx_area_fk100", "ctx_area_nk100"})


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbered(*stems: str) -> frozenset[str]:
    return frozenset(f"{stem}{level}" for stem in stems for level in range(1, 11))


_PRICE = _names("""
    acml_tr_pbmn acml_vol aspr_unit bps bstp_kor_isnm clpr_rang_cont_yn cpfn cpfn_cnnm crdt_able_yn d250_hgpr
    d250_hgpr_date d250_hgpr_vrss_prpr_rate d250_lwpr d250_lwpr_date d250_lwpr_vrss_prpr_rate dmrs_val dmsp_val
    dryy_hgpr_date dryy_hgpr_vrss_prpr_rate dryy_lwpr_date dryy_lwpr_vrss_prpr_rate elw_pblc_yn eps fcam_cnnm
    frgn_hldn_qty frgn_ntby_qty grmn_rate_cls_code hts_avls hts_deal_qty_unit_val hts_frgn_ehrt invt_caful_yn
    iscd_stat_cls_code last_ssts_cntg_qty lstn_stcn mang_issu_cls_code marg_rate mrkt_warn_cls_code
    new_hgpr_lwpr_cls_code oprc_rang_cont_yn ovtm_vi_cls_code pbr per pgtr_ntby_qty prdy_ctrt prdy_vrss
    prdy_vrss_sign prdy_vrss_vol_rate pvt_frst_dmrs_prc pvt_frst_dmsp_prc pvt_pont_val pvt_scnd_dmrs_prc
    pvt_scnd_dmsp_prc rprs_mrkt_kor_name rstc_wdth_prc short_over_yn sltr_yn ssts_yn stac_month stck_dryy_hgpr
    stck_dryy_lwpr stck_fcam stck_hgpr stck_llam stck_lwpr stck_mxpr stck_oprc stck_prpr stck_sdpr stck_shrn_iscd
    stck_sspr temp_stop_yn vi_cls_code vol_tnrt w52_hgpr w52_hgpr_date w52_hgpr_vrss_prpr_ctrt w52_lwpr w52_lwpr_date
    w52_lwpr_vrss_prpr_ctrt wghn_avrg_stck_prc whol_loan_rmnd_rate apprch_rate
""")
_BOOK1 = _numbered("askp", "bidp", "askp_rsqn", "bidp_rsqn", "askp_rsqn_icdc", "bidp_rsqn_icdc") | _names("""
    aspr_acpt_hour total_askp_rsqn total_bidp_rsqn total_askp_rsqn_icdc total_bidp_rsqn_icdc ovtm_total_askp_rsqn
    ovtm_total_bidp_rsqn ovtm_total_askp_icdc ovtm_total_bidp_icdc ntby_aspr_rsqn new_mkop_cls_code
""")
_BOOK2 = _names("""
    antc_mkop_cls_code stck_prpr stck_oprc stck_hgpr stck_lwpr stck_sdpr antc_cnpr antc_cntg_vrss_sign antc_cntg_vrss
    antc_cntg_prdy_ctrt antc_vol stck_shrn_iscd vi_cls_code
""")
_PERIOD1 = _names("""
    hts_kor_isnm stck_shrn_iscd stck_prpr prdy_vrss prdy_vrss_sign prdy_ctrt stck_prdy_clpr acml_vol acml_tr_pbmn
    prdy_vol stck_mxpr stck_llam stck_oprc stck_hgpr stck_lwpr stck_prdy_oprc stck_prdy_hgpr stck_prdy_lwpr askp bidp
    prdy_vrss_vol vol_tnrt stck_fcam lstn_stcn cpfn hts_avls per eps pbr itewhol_loan_rmnd_ratem
""") | {"itewhol_loan_rmnd_ratem name"}
_PERIOD2 = _names("""
    stck_bsop_date stck_clpr stck_oprc stck_hgpr stck_lwpr acml_vol acml_tr_pbmn flng_cls_code prtt_rate mod_yn
    prdy_vrss_sign prdy_vrss revl_issu_reas
""")
_MINUTES1 = _names("""
    prdy_vrss prdy_vrss_sign prdy_ctrt stck_prdy_clpr acml_vol acml_tr_pbmn hts_kor_isnm stck_prpr
""")
_MINUTES2 = _names("stck_bsop_date stck_cntg_hour stck_prpr stck_oprc stck_hgpr stck_lwpr cntg_vol acml_tr_pbmn")
_HOLDING = _names("""
    pdno prdt_name trad_dvsn_name hldg_qty ord_psbl_qty bfdy_buy_qty bfdy_sll_qty thdt_buyqty thdt_sll_qty
    pchs_avg_pric pchs_amt prpr evlu_amt evlu_pfls_amt evlu_pfls_rt evlu_erng_rt fltt_rt bfdy_cprs_icdc loan_dt
    loan_amt stln_slng_chgs expd_dt stck_loan_unpr item_mgna_rt_name grta_rt_name sbst_pric
""")
_CASH = _names("""
    dnca_tot_amt nxdy_excc_amt prvs_rcdl_excc_amt thdt_buy_amt thdt_sll_amt bfdy_buy_amt bfdy_sll_amt thdt_tlex_amt
    bfdy_tlex_amt scts_evlu_amt tot_evlu_amt nass_amt pchs_amt_smtl_amt evlu_amt_smtl_amt evlu_pfls_smtl_amt
    tot_loan_amt tot_stln_slng_chgs nxdy_auto_rdpt_amt d2_auto_rdpt_amt cma_evlu_amt fncg_gld_auto_rdpt_yn
    bfdy_tot_asst_evlu_amt asst_icdc_amt asst_icdc_erng_rt
""")
_ORDERABLE = _names("""
    ord_psbl_cash ord_psbl_sbst ruse_psbl_amt fund_rpch_chgs psbl_qty_calc_unpr nrcvb_buy_amt nrcvb_buy_qty max_buy_amt
    max_buy_qty cma_evlu_amt ovrs_re_use_amt_wcrc ord_psbl_frcr_amt_wcrc
""")
_SELLABLE = _names("""
    pdno prdt_name buy_qty sll_qty cblc_qty nsvg_qty ord_psbl_qty pchs_avg_pric pchs_amt now_pric evlu_amt
    evlu_pfls_amt evlu_pfls_rt
""")
_ORDER = _names("""
    ord_dt ord_tmd ord_gno_brno odno orgn_odno ord_dvsn_cd ord_dvsn_name sll_buy_dvsn_cd sll_buy_dvsn_cd_name pdno
    prdt_name ord_qty ord_unpr tot_ccld_qty avg_prvs tot_ccld_amt rmn_qty cncl_yn cnc_cfrm_qty cncl_cfrm_qty rjct_qty
    ccld_cndt_name loan_dt ordr_empno inqr_ip_addr cpbc_ordp_ord_rcit_dvsn_cd cpbc_ordp_infm_mthd_dvsn_cd infm_tmd
    ctac_tlno prdt_type_cd cpbc_ordp_mtrl_dvsn_cd excg_dvsn_cd ord_orgno rsvn_ord_end_dt excg_id_dvsn_cd
    excg_id_dvsn_name stpm_cndt_pric stpm_efct_occr_dtmd
""")
_ORDER_SUMS = _names("tot_ord_qty tot_ccld_qty tot_ccld_amt prsm_tlex_smtl pchs_avg_pric")
_TRADING_DAY = _names("bass_dt wday_dvsn_cd bzdy_yn tr_day_yn opnd_yn sttl_day_yn")

SHAPES: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "price": {"output": _PRICE},
        "book": {"output1": _BOOK1, "output2": _BOOK2},
        "period chart": {"output1": _PERIOD1, "output2": _PERIOD2},
        "minutes today": {"output1": _MINUTES1, "output2": _MINUTES2},
        "minutes of a past day": {"output1": _MINUTES1, "output2": _MINUTES2},
        "balance": {"output1": _HOLDING, "output2": _CASH},
        "orderable": {"output": _ORDERABLE},
        "sellable": {"output": _SELLABLE, "output1": _SELLABLE},
        "orders": {"output1": _ORDER, "output2": _ORDER_SUMS},
        "old orders": {"output1": _ORDER, "output2": _ORDER_SUMS},
        "trading days": {"output": _TRADING_DAY},
    }
)
"""Known field names by operation and block."""

WIDTHS: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "H0STCNT0": frozenset({46, 47}),
        "H0STASP0": frozenset({59, 62, 63}),
        "H0STCNI0": frozenset({23, 26}),
        "H0STCNI9": frozenset({23, 26}),
    }
)
"""Known numbers of fields of one streamed record (kis.md 5.6, quirk 45)."""


class Sentinel(DriftNotes):
    """What is known of KIS's shapes, and what differs from it."""

    def body(self, operation: str, body: Mapping[str, object]) -> None:
        """Note fields and blocks that were never recorded. Nothing is refused for them."""
        shape = SHAPES.get(operation)
        if shape is None:
            return
        known_top = _ENVELOPE | shape.keys() | {"ctx_area_fk", "ctx_area_nk"}
        self.new_fields(operation, (name for name in body if name.lower() not in known_top))
        for block, known in shape.items():
            payload = body.get(block)
            rows = payload if isinstance(payload, list) else [payload]
            if rows and isinstance(rows[0], Mapping):
                self.new_fields(f"{operation}.{block}", (name for name in rows[0] if str(name).lower() not in known))

    def width(self, topic: str, width: int) -> None:
        """Note a record that is wider than any recorded one."""
        known = WIDTHS.get(topic)
        if known is not None and width not in known:
            self.say(topic, Message("KIS_NEW_WIDTH", {"topic": topic, "fields": width}), refused=False)
