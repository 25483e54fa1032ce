"""What can be wrong with the desk's own files, in words."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Wording
from hoga.trading.terms import Told

STORAGE: Mapping[str, Wording] = {
    "FOLDER_LOCKED": Told(
        "다른 hoga가 이 폴더를 쓰고 있습니다: {path} (프로세스 {pid}).",
        "Another hoga uses this folder: {path} (process {pid}).",
        "그 창을 쓰거나 닫으세요.",
        "Use that window, or close it.",
    ),
    "FOLDER_UNUSABLE": Told(
        "폴더를 쓸 수 없습니다: {path} ({why}).",
        "The folder cannot be used: {path} ({why}).",
        "권한과 디스크를 확인하거나 --data로 다른 폴더를 정하세요.",
        "Check its rights and the disk, or name another with --data.",
    ),
    "STORE_UNWRITABLE": Told(
        "주문 기록을 쓸 수 없습니다: {why}",
        "The journal cannot be written: {why}",
        "디스크 공간과 권한을 확인하세요.",
        "Check disk space and rights.",
    ),
    "STORE_UNREADABLE": Told(
        "주문 기록을 읽을 수 없습니다: {why}",
        "The journal cannot be read: {why}",
        "디스크를 확인하세요.",
        "Check the disk.",
    ),
    "STORE_DAMAGED": Told(
        "주문 기록 파일이 손상되었습니다: {why}",
        "The journal file is damaged: {why}",
        "파일을 지우지 말고 옮겨 두세요. 주문은 증권사 목록에서 다시 읽습니다.",
        "Move the file aside, do not delete it; orders are read anew from the broker.",
    ),
    "STORE_NEWER": Told(
        "주문 기록이 더 새로운 hoga의 것입니다 ({have} > {known}).",
        "The journal was written by a newer hoga ({have} > {known}).",
        "hoga를 새로 설치하세요.",
        "Install the newer hoga.",
    ),
    "STORE_CONFLICT": Told(
        "같은 기록이 이미 있습니다: {why}", "That is on record already: {why}", "목록을 보세요.", "Look at the list."
    ),
    "STORE_CLOSED": Told(
        "주문 기록이 닫혔습니다.", "The journal is closed.", "hoga를 다시 시작하세요.", "Start hoga again."
    ),
    "JOURNAL_STOPPED": Told(
        "주문 기록을 쓸 수 없습니다: {why}. 새 주문은 받지 않고 취소만 나갑니다.",
        "The journal cannot be written: {why}. New orders are refused; cancels still go.",
        "디스크 공간을 확보하세요.",
        "Free disk space.",
    ),
    "JOURNAL_WORKS": Told("주문 기록을 다시 쓸 수 있습니다.", "The journal can be written again."),
    "JOURNAL_LINE_DAMAGED": Told(
        "주문 기록 {line}번째 줄을 읽을 수 없습니다: {why}",
        "Line {line} of the journal cannot be read: {why}",
        "증권사 주문 목록과 비교하세요.",
        "Compare with the broker's order list.",
    ),
}
