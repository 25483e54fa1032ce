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
        "파일을 지우지 마세요. hoga를 다시 시작하면 백업에서 되살립니다.",
        "Do not delete the file. Start hoga again: it is made anew from its backup.",
    ),
    "STORE_READ_ONLY": Told(
        "읽기 전용으로 열려 있어 기록할 수 없습니다.",
        "It is open to look at only: nothing is written.",
        "다른 hoga를 닫은 뒤 다시 여세요.",
        "Close the other hoga, then open again.",
    ),
    "JOURNAL_REBUILT": Told(
        "주문 기록 파일 {file}이(가) 손상되어({why}) 백업 {backup}({backup_at})과 읽을 수 있는 {rescued}건으로 다시"
        " 만들었습니다. 읽지 못한 기록은 {gaps}건 이상입니다. 손상된 파일은 {aside}(으)로 보관했습니다.",
        "The journal {file} was damaged ({why}) and was made anew from the backup {backup} of {backup_at} and {rescued}"
        " lines that could still be read; {gaps} or more could not. The damaged file is kept as {aside}.",
        "오늘 주문을 증권사 목록과 비교하세요. 계획은 저절로 이어지지 않습니다.",
        "Compare today's orders with the broker's list. Plans do not go on by themselves.",
    ),
    "JOURNAL_REBUILT_BARE": Told(
        "주문 기록 파일 {file}이(가) 손상되었고({why}) 쓸 수 있는 백업이 없어, 읽을 수 있는 {rescued}건으로 다시"
        " 만들었습니다. 읽지 못한 기록은 {gaps}건 이상입니다. 손상된 파일은 {aside}(으)로 보관했습니다.",
        "The journal {file} was damaged ({why}) and there was no sound backup: it was made anew from {rescued} lines"
        " that could still be read; {gaps} or more could not. The damaged file is kept as {aside}.",
        "오늘 주문을 증권사 목록과 비교하세요. 계획은 저절로 이어지지 않습니다.",
        "Compare today's orders with the broker's list. Plans do not go on by themselves.",
    ),
    "JOURNAL_FOUND_DAMAGED": Told(
        "쓰고 있는 주문 기록 파일 {file}에서 손상을 발견했습니다: {why}. 새 주문은 받지 않고 취소만 나갑니다.",
        "The journal in use, {file}, was found damaged: {why}. New orders are refused; cancels still go.",
        "hoga를 다시 시작하세요. 백업에서 되살리고 손상된 파일은 따로 보관합니다.",
        "Start hoga again: it is made anew from its backup, and the damaged file is kept.",
    ),
    "POSSIBLY_OURS": Told(
        "다시 만든 주문 기록에 없는 주문입니다 ({channel}): {code} {side} {quantity}주 {price}."
        " hoga가 낸 것일 수 있습니다.",
        "The journal that was made anew does not know this order ({channel}): {code} {side} {quantity} at {price}."
        " hoga may have sent it.",
        "원하지 않으면 취소하세요.",
        "Cancel it if you do not want it.",
    ),
    "READ_ONLY_DESK": Told(
        "읽기 전용입니다. 다른 hoga(프로세스 {pid})가 이 폴더에서 거래하고 있어, 그 창이 기록한 대로 보여 줍니다.",
        "Read only: another hoga (process {pid}) trades on this folder; what it writes down is shown here.",
        "주문과 취소는 그 창에서 하세요.",
        "Order and cancel in that window.",
    ),
    "READ_ONLY_FREE": Told(
        "다른 hoga가 끝났습니다. 이 창은 아직 읽기 전용입니다.",
        "The other hoga has ended. This window is still read only.",
        "거래하려면 제대로 여세요.",
        "Open it properly to trade.",
    ),
    "READ_ONLY_NO_BROKER": Told(
        "읽기 전용이라 증권사에 연결하지 않습니다.",
        "Read only: it is not connected to the broker.",
        "거래하는 창을 보세요.",
        "Look at the window that trades.",
    ),
    "READ_ONLY_NO_BALANCE": Told(
        "거래하는 창이 아직 잔고를 읽지 못했습니다.",
        "The window that trades has not read the balance yet.",
        "잠시 기다리세요.",
        "Wait a moment.",
    ),
    "READ_ONLY_NOT_YET": Told(
        "{file} 기록에 아직 어느 계좌인지 적혀 있지 않습니다.",
        "The journal {file} does not say yet whose account it is.",
        "거래하는 창이 열릴 때까지 기다린 뒤 다시 여세요.",
        "Wait until the window that trades is open, then open again.",
    ),
    "READ_ONLY_NOTHING": Told(
        "이 폴더에는 볼 수 있는 주문 기록이 없습니다: {path}",
        "There is no journal to look at in this folder: {path}",
        "거래하는 창이 열릴 때까지 기다린 뒤 다시 여세요.",
        "Wait until the window that trades is open, then open again.",
    ),
    "RECORDING_UNWRITABLE": Told(
        "시세 녹화를 쓸 수 없어 멈췄습니다: {why}",
        "The recording of the market stopped: it cannot be written ({why}).",
        "디스크 공간과 권한을 확인한 뒤 녹화를 다시 켜세요.",
        "Check disk space and rights, then switch recording on again.",
    ),
    "RECORDING_UNREADABLE": Told(
        "녹화 {file}을(를) 읽을 수 없습니다: {why}",
        "The recording {file} cannot be read: {why}",
        "파일과 권한을 확인하세요.",
        "Check the file and its rights.",
    ),
    "RECORDING_NEWER": Told(
        "녹화 {file}은(는) 더 새로운 hoga가 만들었습니다.",
        "The recording {file} was made by a newer hoga.",
        "hoga를 업데이트하세요.",
        "Update hoga.",
    ),
    "RECORDING_NONE": Told(
        "{file}에는 재생할 수 있는 시세가 없습니다.",
        "There is nothing in {file} that can be played.",
        "다른 녹화를 고르세요.",
        "Choose another recording.",
    ),
    "REPLAY_UNREAD": Told(
        "시세로 읽을 수 없는 {lines}줄은 빼고 재생합니다.",
        "{lines} {lines:line|lines} that cannot be read as market data {lines:is|are} left out.",
        "나머지는 그대로 볼 수 있습니다.",
        "The rest is shown as it was.",
    ),
    "RECORDING_EMPTY": Told(
        "이 폴더에는 녹화가 없습니다: {path}",
        "There is no recording in this folder: {path}",
        "녹화를 켜 두면 여기에 쌓입니다.",
        "Switch recording on: they are kept here.",
    ),
    "REPLAY": Told(
        "재생 중입니다. 지난 시세를 다시 보여 주는 것이라 주문할 수 없습니다.",
        "REPLAY: the past is shown again, so nothing can be ordered.",
        "주문하려면 재생 창을 닫고 거래 창을 여세요.",
        "To trade, close this window and open the desk.",
    ),
    "REPLAY_CUT": Told(
        "녹화의 끝 {bytes}바이트를 읽을 수 없어 잘라냈습니다.",
        "The last {bytes} bytes of the recording could not be read and were cut off.",
        "그 앞은 온전합니다.",
        "What stands before them is whole.",
    ),
    "EXPORT_FAILED": Told(
        "{folder}에 쓸 수 없습니다: {why}",
        "{folder} cannot be written: {why}",
        "다른 폴더를 고르세요.",
        "Choose another folder.",
    ),
    "BACKUP_FAILED": Told(
        "오늘의 주문 기록 백업을 만들지 못했습니다: {why}",
        "Today's backup of the journal could not be made: {why}",
        "디스크 공간과 권한을 확인하세요.",
        "Check disk space and rights.",
    ),
    "BACKUP_UNSOUND": Told(
        "방금 만든 백업이 온전하지 않아 버렸습니다: {why}",
        "The backup that was just made is not sound and was dropped: {why}",
        "디스크를 확인하세요.",
        "Check the disk.",
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
    "DISK_SILENT": Told(
        "디스크가 {seconds}초 안에 응답하지 않아 보내지 않았습니다. 나중에 저절로 나가지도 않습니다.",
        "The disk did not answer within {seconds} seconds: it was not sent, and will not be sent later by itself.",
        "디스크를 확인하고 다시 내세요. 취소는 지금도 나갑니다.",
        "Check the disk and enter it again. Cancels leave even now.",
    ),
    "DISK_SILENT_NEVER_SENT": Told(
        "디스크가 뒤늦게 응답했습니다. 이 요청은 나가지 않았습니다: {code} {side} {quantity}주 {price}.",
        "The disk answered too late; this never left: {code} {side} {quantity} at {price}.",
        "필요하면 다시 내세요.",
        "Enter it again if you still want it.",
    ),
    "JOURNAL_STOPPED": Told(
        "주문 기록을 쓸 수 없습니다: {why}. 새 주문은 받지 않고 취소만 나갑니다.",
        "The journal cannot be written: {why}. New orders are refused; cancels still go.",
        "디스크 공간을 확보하세요.",
        "Free disk space.",
    ),
    "JOURNAL_STOPPED_UNWRITTEN": Told(
        "주문 기록을 쓸 수 없습니다: {why}. 새 주문은 받지 않고 취소만 나갑니다. 적지 못한 기록이 {count}건 있습니다.",
        "The journal cannot be written: {why}. New orders are refused; cancels still go. Not on the disk yet: {count}.",
        "hoga를 끄지 말고 디스크 공간을 확보하세요. 지금 강제로 끝내면 그 기록을 잃습니다.",
        "Keep hoga open and free disk space: a sudden end now would lose them.",
    ),
    "JOURNAL_WORKS": Told("주문 기록을 다시 쓸 수 있습니다.", "The journal can be written again."),
    "JOURNAL_LINE_DAMAGED": Told(
        "주문 기록 {line}번째 줄을 읽을 수 없습니다: {why}",
        "Line {line} of the journal cannot be read: {why}",
        "증권사 주문 목록과 비교하세요.",
        "Compare with the broker's order list.",
    ),
}
