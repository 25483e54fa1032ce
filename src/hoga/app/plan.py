"""``hoga plan --inputs FILE``: the plan of saved inputs, with the digest that its preview showed. Sends nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from hoga.app.words import words
from hoga.base.message import Language
from hoga.plans.inputs_file import InputsUnreadable, load
from hoga.plans.plan import Issue, Plan, plain
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.preview import as_csv


def main(argv: Sequence[str]) -> int:
    """0: a plan that could be approved; 1: a plan or inputs with errors; 2: a file that is no inputs."""
    options = _parser().parse_args(argv)
    language = Language(options.lang)
    try:
        plan = make_plan(load(Path(options.inputs)))
    except InputsUnreadable as error:
        sys.stderr.write(words(error.message, language) + "\n")
        return 2
    except NoPlan as error:
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hoga plan", description="리밸런싱 계획 · the rebalance plan of saved inputs")
    parser.add_argument("--inputs", required=True, metavar="FILE", help="미리보기가 저장한 파일 · saved by the preview")
    parser.add_argument("--json", action="store_true", help="계획 전체를 JSON으로 · the whole plan as JSON")
    parser.add_argument("--lang", choices=[language.value for language in Language], default=Language.KO.value)
    return parser


def _write(answer: dict[str, str | bool | Plan | tuple[Issue, ...] | None]) -> None:
    sys.stdout.write(msgspec.json.encode(answer, enc_hook=plain).decode() + "\n")


def _tell(issues: Sequence[Issue], language: Language) -> None:
    for issue in issues:
        sys.stderr.write(f"{issue.severity.value}: {words(issue.message, language)}\n")
