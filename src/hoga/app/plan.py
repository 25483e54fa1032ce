"""``hoga plan``: the plan of saved inputs with the digest that its preview showed, or one made of targets and a live
account. Sends nothing."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from hoga.app.headless import NotOpened, account
from hoga.app.main import add_practice_options, default_data, practice_options
from hoga.app.options import DeskOptions
from hoga.app.words import words
from hoga.base.message import Language
from hoga.broker.port import BrokerError
from hoga.broker.practice_link import PracticeUnavailable
from hoga.plans.inputs import Inputs, OverCap, Role, Rules, SidePlan, Style, Target, Timing, Weighting
from hoga.plans.inputs_file import InputsUnreadable, load, save
from hoga.plans.plan import Issue, Plan, plain
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.preview import as_csv
from hoga.plans.targets_text import read_targets
from hoga.storage.errors import StorageError


class _Unusable(Exception):
    """The targets cannot be read."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__("unusable targets")
        self.issues = issues


def main(argv: Sequence[str]) -> int:
    """0: a plan that could be approved; 1: a plan or inputs with errors; 2: a file that is no inputs, or an account
    that could not be read."""
    options = _parser().parse_args(argv)
    language = Language(options.lang)
    try:
        inputs = load(Path(options.inputs)) if options.inputs else _collected(options)
        if options.save:
            save(inputs, Path(options.save))
        plan = make_plan(inputs)
    except (InputsUnreadable, NotOpened, PracticeUnavailable, StorageError, BrokerError) as error:
        sys.stderr.write(words(error.message, language) + "\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{error.strerror or error}\n")
        return 2
    except (NoPlan, _Unusable) as error:
        _tell(error.issues, language)
        if options.json:
            _write({"digest": None, "approvable": False, "issues": error.issues})
        return 1
    if options.json:
        _write({"digest": plan.digest, "approvable": plan.approvable, "plan": plan})
    else:
        sys.stdout.write(as_csv(plan, words, language))
        _tell(plan.issues, language)
    return 0 if plan.approvable else 1


def _collected(options: argparse.Namespace) -> Inputs:
    """The account as it is now with the targets of the file. Raises OSError, NotOpened, BrokerError, StorageError and
    _Unusable."""
    pasted = read_targets(Path(options.targets).read_text(encoding="utf-8-sig"))
    if pasted.issues:
        raise _Unusable(pasted.issues)
    targets = tuple(msgspec.structs.replace(row, sell_out=options.sell_out) for row in pasted.targets)
    return asyncio.run(_read(options, targets))


async def _read(options: argparse.Namespace, targets: tuple[Target, ...]) -> Inputs:
    desk = DeskOptions(options.data, options.account, practice_options(options))
    async with account(desk, options.connection) as plans:
        inputs = await plans.inputs(targets, _rules(options), _timing(options))
    return _others_excluded(inputs) if options.exclude_others else inputs


def _others_excluded(inputs: Inputs) -> Inputs:
    named = {row.code for row in inputs.targets}
    others = [asset.code for asset in inputs.assets if asset.code not in named]
    rows = tuple(Target(code=code, role=Role.EXCLUDED) for code in others)
    return msgspec.structs.replace(inputs, targets=(*inputs.targets, *rows))


def _rules(options: argparse.Namespace) -> Rules:
    return Rules(
        weighting=Weighting.EQUAL if options.equal else Weighting.OWN,
        buffer=options.buffer,
        least_trade=options.least_trade,
        sell=not options.no_sell,
        buy=not options.no_buy,
        deposit=options.deposit,
        over_cap=OverCap(options.over_cap),
    )


def _timing(options: argparse.Namespace) -> Timing:
    side = SidePlan(
        rounds=options.rounds,
        spacing_s=options.spacing,
        style=Style(options.style),
        ticks=options.ticks,
        collar=options.collar,
    )
    return Timing(sell=side, buy=side, gap_s=options.gap, jitter_s=options.jitter)


def _parser() -> argparse.ArgumentParser:
    usual, gap = SidePlan(), Timing().gap_s
    parser = argparse.ArgumentParser(prog="hoga plan", description="리밸런싱 계획 · the rebalance plan")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--inputs", metavar="FILE", help="미리보기가 저장한 파일 · saved by the preview")
    source.add_argument("--targets", metavar="FILE", help="목표 비중 CSV · target weights")
    parser.add_argument("--connection", default="practice-kis", metavar="ID", help="계좌 · whose account")
    parser.add_argument("--save", metavar="FILE", help="입력을 저장 · keep the inputs")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="회차 수 · rounds a side")
    parser.add_argument("--spacing", type=int, default=usual.spacing_s, help="회차 간격(초) · seconds between rounds")
    parser.add_argument("--gap", type=int, default=gap, help="주문 간격(초) · seconds between orders")
    parser.add_argument("--jitter", type=int, default=0, help="무작위 지연(초) · seconds of random delay")
    parser.add_argument("--style", choices=[one.value for one in Style], default=usual.style.value)
    parser.add_argument("--ticks", type=int, default=usual.ticks, help="더 적극적인 틱 수 · ticks more eager")
    parser.add_argument("--collar", type=int, default=usual.collar, help="허용 틱 수 · worst ticks allowed")
    parser.add_argument("--buffer", type=int, default=0, metavar="WON", help="남길 현금 · cash kept back")
    parser.add_argument("--deposit", type=int, default=0, metavar="WON", help="넣을 돈, 매도 없음 · money put in")
    parser.add_argument("--least-trade", type=int, default=0, metavar="WON", help="최소 주문 금액 · smallest order")
    parser.add_argument("--over-cap", choices=[one.value for one in OverCap], default=OverCap.WARN.value)
    parser.add_argument("--equal", action="store_true", help="동일 비중 · equal weights")
    parser.add_argument("--no-sell", action="store_true", help="매도하지 않음 · sell nothing")
    parser.add_argument("--no-buy", action="store_true", help="매수하지 않음 · buy nothing")
    parser.add_argument("--sell-out", action="store_true", help="전량 매도 허용 · the last share may be sold")
    parser.add_argument("--exclude-others", action="store_true", help="나머지 보유 제외 · leave other holdings alone")
    parser.add_argument("--data", type=Path, default=default_data(), help="자료 폴더 · the folder with everything")
    parser.add_argument("--json", action="store_true", help="계획 전체를 JSON으로 · the whole plan as JSON")
    parser.add_argument("--lang", choices=[language.value for language in Language], default=Language.KO.value)
    add_practice_options(parser)
    return parser


def _write(answer: dict[str, str | bool | Plan | tuple[Issue, ...] | None]) -> None:
    sys.stdout.write(msgspec.json.encode(answer, enc_hook=plain).decode() + "\n")


def _tell(issues: Sequence[Issue], language: Language) -> None:
    for issue in issues:
        sys.stderr.write(f"{issue.severity.value}: {words(issue.message, language)}\n")
