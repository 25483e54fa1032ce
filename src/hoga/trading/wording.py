"""What this room and the desk's files have to say, in Korean and English: what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording
from hoga.trading.terms import Told
from hoga.trading.wording_connections import CONNECTIONS
from hoga.trading.wording_gate import GATE
from hoga.trading.wording_keys import KEYS
from hoga.trading.wording_risk import RISK
from hoga.trading.wording_storage import STORAGE

_ORDER_KO = "{code} {side} {quantity}주 {price}"
_ORDER_EN = "{code} {side} {quantity} at {price}"

_DESK: Mapping[str, Wording] = {
    "ORDER_TAKEN": Told(f"주문을 받았습니다: {_ORDER_KO}.", f"Order taken: {_ORDER_EN}."),
    "ORDER_TAKEN_BACK": Told("보내기 전에 주문을 거두었습니다.", "The order was taken back before it left."),
    "TAKEN_BACK": Told("보내기 전에 거두었습니다.", "Taken back before it left."),
    "CANCELLED_INSTEAD": Told("취소를 요청해서 거두었습니다.", "Taken back for the cancel."),
    "REPRICE_TAKEN": Told("{price}원으로 정정을 요청합니다.", "Asking to move it to {price}."),
    "REDUCE_TAKEN": Told("{by}주 일부 취소를 요청합니다.", "Asking to take {by} {by:share|shares} off it."),
    "CANCEL_TAKEN": Told("취소를 요청합니다.", "Asking to cancel it."),
    "OFFER_RESUMED": Told("보내지 않은 주문을 이제 보냅니다.", "The order that had not left is sent now."),
    "OFFER_DISCARDED": Told("보내지 않은 주문을 버렸습니다.", "The order that had not left was discarded."),
    "TOO_LATE": Told(
        "이미 보냈습니다.", "It has left already.", "필요하면 취소하세요.", "Cancel the order if you do not want it."
    ),
    "NO_SUCH_ORDER": Told(
        "그런 주문이 없습니다.", "There is no such order.", "목록을 새로 고치세요.", "Look at the list again."
    ),
    "WAITS_ITS_TURN": Told("차례를 기다립니다.", "Waits its turn."),
    "WAITS_FOR_SECOND_TRY": Told("곧 한 번 더 보냅니다.", "Leaves once more in a moment."),
    "WAITS_FOR_NUMBER": Told("주문번호를 기다립니다.", "Waits for the order's number."),
    "WAITS_FOR_TWIN": Told(
        "같은 주문의 결과를 증권사에 확인하는 동안 기다립니다.",
        "Waits while the broker is asked what became of an identical order.",
    ),
    "WAITS_FOR_ANSWERS": Told(
        "답을 기다리는 주문이 {most}건입니다.", "{most} {most:order is|orders are} still unanswered."
    ),
    "WAITS_FOR_PACE": Told("증권사 호출 한도를 지킵니다.", "Keeps the broker's pace."),
    "WAITS_FOR_STOP": Told("정지 상태가 풀리기를 기다립니다.", "Waits until the stop switch is released."),
    "STOP_PRESSED": Told(
        "정지했습니다. 자동 주문이 나가지 않습니다. 거둔 주문 {withdrawn}건, 증권사에 남은 미체결 {open}건.",
        "Stopped: no automatic order leaves. Withdrawn: {withdrawn}. Still open at the broker: {open}.",
        "미체결도 없애려면 전체 취소를 누르세요.",
        "Cancel everything if the open orders are to go too.",
    ),
    "STOP_RELEASED": Told("정지를 풀었습니다. 자동 주문이 다시 나갑니다.", "Released: automatic orders leave again."),
    "WAITS_FOR_RECONCILE": Told("증권사 목록과 맞추는 중입니다.", "Waits until the broker's list was read."),
    "WAITS_FOR_SPACING": Told(
        "같은 종목의 자동 주문 간격을 지킵니다.", "Keeps its distance to the last automatic order."
    ),
}

_OUTCOMES: Mapping[str, Wording] = {
    "NEW_ACCEPTED": Told(f"접수: {_ORDER_KO}, 주문번호 {{number}}.", f"Accepted: {_ORDER_EN}, number {{number}}."),
    "REPRICE_ACCEPTED": Told("정정 접수, 새 주문번호 {number}.", "Reprice accepted, new number {number}."),
    "REPRICE_CONFIRMED": Told(f"정정 확인: {_ORDER_KO}.", f"Reprice confirmed: {_ORDER_EN}."),
    "REDUCE_ACCEPTED": Told("일부 취소 접수, 번호 {number}.", "Reduce accepted, number {number}."),
    "CANCEL_ACCEPTED": Told("취소 접수, 번호 {number}.", "Cancel accepted, number {number}."),
    "BROKER_REFUSED": Told(
        "증권사가 {kind} 요청을 거부했습니다. {why} {said}",
        "The broker refused the {kind}. {why} {said}",
    ),
    "REJECTED_LATER": Told(
        f"거래소가 거부했습니다: {_ORDER_KO}.",
        f"The exchange rejected it: {_ORDER_EN}.",
        "이유는 증권사 주문 내역에 있습니다.",
        "The broker's order list says why.",
    ),
    "NOT_SENT_AT_ALL": Told(
        "{kind} 요청을 보내지 못했습니다 ({reason}). {why} {said}",
        "The {kind} was not sent ({reason}). {why} {said}",
        "증권사에는 아무것도 없습니다. 다시 내세요.",
        "Nothing is at the broker. Enter it again.",
    ),
    "NOT_SENT_YET": Told(
        "{kind} 요청이 아직 나가지 않았습니다 ({reason}). 한 번 더 보냅니다. {said}",
        "The {kind} has not left yet ({reason}). It leaves once more. {said}",
    ),
    "OUTCOME_UNKNOWN": Told(
        f"결과를 모릅니다: {_ORDER_KO}. {{why}} 다시 보내지 않고 증권사 목록에서 확인합니다.",
        f"Outcome unknown: {_ORDER_EN}. {{why}} It is not sent again; the broker's list is being asked.",
        "기다리세요. 같은 주문을 다시 내지 마세요.",
        "Wait. Do not enter the same order again.",
    ),
    "SEND_BROKE_OFF": Told(
        "보내는 도중 프로그램 오류가 났습니다 ({error}).",
        "An error of the program broke the send off ({error}).",
        "증권사 목록에서 확인합니다.",
        "The broker's list is being asked.",
    ),
    "INTERRUPTED": Told(
        f"보내는 중에 프로그램이 끝났습니다: {_ORDER_KO}. 증권사 목록에서 확인합니다.",
        f"The desk ended while this was being sent: {_ORDER_EN}. The broker's list is being asked.",
    ),
    "FOUND": Told("증권사 목록에서 찾았습니다: 주문번호 {number}.", "Found in the broker's list: number {number}."),
    "FOUND_LATE": Told(
        "없는 줄 알았던 주문이 뒤늦게 접수되었습니다: 주문번호 {number}.",
        "An order that was taken for absent turned up late: number {number}.",
        "원하지 않으면 취소하세요.",
        "Cancel it if you do not want it any more.",
    ),
    "PROVED_ABSENT": Told(
        f"증권사에 도착하지 않았습니다: {_ORDER_KO} (목록을 {{reads}}번 확인).",
        f"It never reached the broker: {_ORDER_EN} (list read {{reads}} times).",
        "필요하면 다시 내세요.",
        "Enter it again if you still want it.",
    ),
    "FOREIGN_ORDER": Told(
        f"다른 곳에서 낸 주문입니다 ({{channel}}): {_ORDER_KO}.", f"An order made elsewhere ({{channel}}): {_ORDER_EN}."
    ),
    "CHANGED_ELSEWHERE": Told(
        "다른 곳에서 이 주문을 바꾸었습니다: 번호 {number}.", "This order was changed elsewhere: number {number}."
    ),
    "CHANGED_UNRECORDED": Told(
        "이 계좌의 API로 들어온 변경인데 기록이 없습니다: 번호 {number}.",
        "A change that came through this account's own API, but nothing here has it on record: number {number}.",
        "디스크가 가득 찼을 때 보낸 취소인지, 같은 앱키를 쓰는 다른 프로그램이 있는지 확인하세요.",
        "It is a cancel that left while the disk took nothing, or another program uses the same keys.",
    ),
    "LAPSED": Told(
        "장이 끝나 남은 {closed}주가 소멸했습니다.", "The day ended: {closed} {closed:share|shares} lapsed."
    ),
    "FILLED": Told(
        "체결 {filled}주, {amount}원 (누적 {total}, 잔량 {leaves}): {code} {side}.",
        "Filled {filled} for {amount} ({total} so far, {leaves} left): {code} {side}.",
    ),
    "FILLED_WHOLE": Told(
        "전량 체결: {code} {side}, 이번 {filled}주 {amount}원, 모두 {total}주.",
        "Filled completely: {code} {side}, now {filled} for {amount}, {total} in all.",
    ),
    "CLOSED": Told(
        "{closed}주가 취소되었습니다 (체결 {total}주).",
        "{closed} {closed:share was|shares were} closed ({total} filled).",
    ),
    "TWINS": Told(
        "같은 주문이 {candidates}건 있습니다. 어느 것이 이 프로그램의 주문인지 알 수 없습니다.",
        "{candidates} orders look alike, and nothing tells which of them is ours.",
        "시각과 경로를 보고 골라 주세요.",
        "Look at time and channel and choose.",
    ),
    "NOT_AS_SENT": Told(
        "비슷한 주문이 있으나 보낸 그대로가 아닙니다.",
        "There is an order like it, but not as it was sent.",
        "이 프로그램의 주문인지 골라 주세요.",
        "Say whether it is ours.",
    ),
    "QUESTION_ANSWERED": Told(
        "답을 받았습니다: 번호 {number}이(가) 이 프로그램의 주문입니다.", "Answered: number {number} is ours."
    ),
    "QUESTION_ANSWERED_NONE": Told(
        "답을 받았습니다: 이 프로그램의 주문이 아닙니다.", "Answered: none of them is ours."
    ),
}

_HEALTH: Mapping[str, Wording] = {
    "STREAM_CHANGED": Told("{stream} 연결: {health}.", "{stream}: {health}."),
    "STREAM_CHANGED_BECAUSE": Told("{stream} 연결: {health}. {why}", "{stream}: {health}. {why}"),
    "READ_FAILED": Told(
        "증권사 조회가 실패했습니다. {why} {said}",
        "A read from the broker failed. {why} {said}",
        "hoga가 다시 시도합니다. 화면의 값은 그때까지 이전 것입니다.",
        "hoga tries again; until then the values shown are the older ones.",
    ),
    "PAST_ORDERS_UNTOLD": Told(
        "{day}의 주문 목록을 증권사에서 볼 수 없습니다. {why}",
        "The broker does not show the orders of {day}. {why}",
        "그날 남은 주문은 소멸했습니다. 체결은 잔고와 거래내역에서 확인하세요.",
        "What was open that day has lapsed. See your holdings and the statement for fills.",
    ),
    "DRIFT": Told(
        "증권사 응답의 모양이 바뀌었습니다 ({where}): {what}",
        "The broker's answers have changed shape ({where}): {what}",
        "hoga의 새 버전을 확인하세요.",
        "Look for a newer hoga.",
    ),
    "TOPIC_REFUSED": Told(
        "실시간 {topic} 등록이 거부되었습니다: [{broker_code}] {text}",
        "A live {topic} registration was refused: [{broker_code}] {text}",
        "다른 화면을 닫아 등록 수를 줄이세요.",
        "Close other views to free registrations.",
    ),
    "NOT_READ_YET": Told("아직 조회하지 않았습니다.", "Not read yet."),
    "NO_DATA_YET": Told("아직 받은 값이 없습니다.", "Nothing has come yet."),
    "MASTER_NOT_READ": Told("종목 목록을 아직 읽지 못했습니다.", "The symbol master was not read yet."),
    "NO_SUCH_INSTRUMENT": Told(
        "{code} 종목이 없습니다.", "There is no instrument {code}.", "종목코드를 확인하세요.", "Check the code."
    ),
    "SHARES_DIFFERENCE_FOUND": Told(
        "{code} 보유 수량이 체결 내역과 다릅니다: 체결로 계산하면 {expected}주, 증권사 잔고는 {found}주.",
        "Shares of {code} differ from the fills: {expected} by the fills, {found} in the broker's balance.",
        "타사 대체, 권리·공모주 입고, 액면분할이나 목록에 없는 주문일 수 있습니다. 증권사 거래내역과 비교하세요. "
        "이제부터 잔고를 기준으로 합니다.",
        "A transfer, an allotment, a split, or an order that no list shows. Compare with the broker's own statement; "
        "the balance counts from now on.",
    ),
    "CASH_DIFFERENCE_FOUND": Told(
        "예수금(D+2)이 체결 내역과 다릅니다: 체결로 계산하면 {expected}원, 증권사 잔고는 {found}원.",
        "The cash (D+2) differs from the fills: {expected} by the fills, {found} in the broker's balance.",
        "입출금, 배당, 이자, 이용료, 권리 대금일 수 있습니다. 증권사 거래내역과 비교하세요. "
        "이제부터 잔고를 기준으로 합니다.",
        "A deposit or withdrawal, a dividend, interest, a fee. Compare with the broker's own statement; the balance "
        "counts from now on.",
    ),
    "SHARES_DIFFERENCE_EXPLAINED": Told(
        "{code} 보유 수량의 차이가 늦게 온 체결로 설명되었습니다.", "A late report explains the shares of {code}."
    ),
    "CASH_DIFFERENCE_EXPLAINED": Told(
        "예수금의 차이가 늦게 온 체결로 설명되었습니다.", "A late report explains the cash."
    ),
    "SHARES_DIFFERENCE_SEEN": Told(
        "{code} 보유 수량의 차이를 확인했습니다: {expected}주가 아니라 {found}주.",
        "Seen: {found} {found:share|shares} of {code} instead of {expected}.",
    ),
    "CASH_DIFFERENCE_SEEN": Told(
        "예수금의 차이를 확인했습니다: {expected}원이 아니라 {found}원.", "Seen: cash {found} instead of {expected}."
    ),
    "CASH_NOT_REPORTED": Told("증권사가 현금을 알려 주지 않았습니다.", "The broker reported no cash."),
    "RESERVE_UNKNOWN": Told(
        "상한가를 모르는 주문이 있어 주문가능금액을 계산할 수 없습니다.",
        "An open order's upper limit is unknown, so what it holds back cannot be reckoned.",
    ),
    "COSTS_UNKNOWN": Told("비용을 계산할 수 없습니다.", "The costs cannot be reckoned."),
    "COST_BEFORE_TODAY_UNKNOWN": Told(
        "오늘 이전의 매입가를 알 수 없습니다.", "What it cost before today is not known any more."
    ),
}

WORDING: Mapping[str, Wording] = MappingProxyType(
    {**_DESK, **_OUTCOMES, **_HEALTH, **GATE, **RISK, **STORAGE, **CONNECTIONS, **KEYS}
)
