"""Criteria sets and surveys of every odd kind, made from a seed: cheap enough for ten thousand at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from retail.rules import Kind
from surveys.rules.completeness import Attached, missing, path_of
from surveys.rules.content import rules_from
from surveys.rules.form import CategoryRule, CriterionRule, FormRules, GroupRule, LevelRule, record_from
from surveys.rules.scoring import score
from surveys.rules.words import AnswerType, Applies, EvidenceKind, Instrument, MaterialClass, Measure, Side, SubShare
from tests.surveys.chance import Chance
from tests.surveys.generated_sets import any_set
from tests.surveys.generated_surveys import any_document, any_evidence
from tests.surveys.sheets import DEFAULT

SURVEYS_OF_ONE_SET = 20
KINDS = [Kind.SUPERMARKET, Kind.TRADE_CENTRE, *Kind]


@dataclass(frozen=True)
class Case:
    """One survey and the set it is made by."""

    rules: FormRules
    kind: Kind
    document: dict[str, Any]
    evidence: list[dict[str, Any]]  # as a manifest names it
    asked: list[str] | None

    def found(self) -> tuple[dict[str, Any], list[dict[str, str]]]:
        """What Python finds: the score, and what is missing with the field that mends it."""
        record = record_from(self.document, self.kind)
        scored = score(self.rules, record)
        held = [Attached(EvidenceKind(item["kind"]), item["criterion"], item["category"]) for item in self.evidence]
        lacks = [{"path": path_of(lack), "code": lack.code, "what": lack.what.value, "detail": lack.detail}
                 for lack in missing(self.rules, record, held, scored, asked=self.asked)]
        signed = self.document.get("signatures", {})
        return scored.as_json(), lacks + [
            {"path": f"signatures.{side.value}", "code": "", "what": "signature", "detail": side.value}
            for side in Side if side.value not in signed]


def cases(seed: int, count: int) -> Iterator[Case]:
    """As many surveys as asked for; two in five are made by the default set."""
    chance = Chance(seed)
    rules = DEFAULT
    for number in range(count):
        if number % SURVEYS_OF_ONE_SET == 0:
            rules = DEFAULT if chance.some(.4) else rules_from(any_set(chance))
        kind = chance.one(KINDS)
        asked = None if chance.some(.9) else [rule.code for rule in rules.asked(kind) if chance.some(.2)]
        yield Case(rules, kind, any_document(chance, rules, kind), any_evidence(chance, rules), asked)


def lines_of(made: Iterator[Case]) -> Iterator[str]:
    """What tests/javascript/agree.mjs reads: rules where they change; a survey, and on the next line what was found."""
    rules = None
    for case in made:
        if case.rules is not rules:
            rules = case.rules
            yield dumped({"rules": rules.as_json()})
        yield dumped({"kind": case.kind, "document": case.document, "evidence": case.evidence, "asked": case.asked})
        found, lacks = case.found()
        yield dumped({"score": found, "missing": lacks})


def rules_in(written: dict[str, Any]) -> FormRules:
    """The rules that `FormRules.as_json` wrote, for vectors that bring their own."""
    return FormRules(
        groups=tuple(GroupRule(group["code"], Decimal(group["weight"]), tuple(map(criterion_in, group["criteria"])))
                     for group in written["groups"]),
        categories=tuple(CategoryRule(line["code"], Decimal(line["grams"]), line["in_ratio"],
                                      line["sub_share"] and SubShare(line["sub_share"]), line["takes_tally"])
                         for line in written["categories"]),
        levels=tuple(LevelRule(level["rank"], Decimal(level["least_total"]), Decimal(level["least_group"]),
                               {code: Decimal(least) for code, least in level["least_by_group"].items()})
                     for level in written["levels"]),
        accepted=frozenset(map(MaterialClass, written["accepted"])))


def criterion_in(written: dict[str, Any]) -> CriterionRule:
    """One question of them."""
    figures = {name: Decimal(written[name]) for name in ("weight", "lo", "hi")}
    words = {name: written[name] and word(written[name]) for name, word in
             (("type", AnswerType), ("applies_to", Applies), ("measure", Measure), ("instrument", Instrument))}
    return CriterionRule(**{
        **written, **figures, **words, "bands": tuple((least, Decimal(points)) for least, points in written["bands"]),
        "evidence_kinds": tuple(map(EvidenceKind, written["evidence_kinds"]))})


def case_in(vector: dict[str, Any]) -> Case:
    """A vector of tests/surveys/vectors; by the default set where it brings no rules."""
    rules = rules_in(vector["rules"]) if "rules" in vector else DEFAULT
    return Case(rules, Kind(vector["kind"]), vector["document"], vector.get("evidence", []), vector.get("asked"))


def dumped(thing: Any) -> str:
    """JSON as JavaScript writes it."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
