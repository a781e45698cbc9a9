"""From the planned visit to the certificate, through the same verbs the pages use, on the days of the story."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from accounts.models import User
from certification.actions import add_event, decide, take_application
from certification.models import Application, Certificate
from certification.rules import LENGTH, EventKind, Outcome
from certification.rules.codes import ALPHABET
from foundation import storage
from operations.demo import photos
from operations.demo.moments import at
from operations.demo.sheets import Wanted, make_document
from retail.models import Establishment
from surveys.actions import plan_visit, review_survey, save_survey, start_survey, submit_survey
from surveys.actions.files import write
from surveys.models import CriteriaSet, Survey
from surveys.queries import rules_of
from surveys.queries.criteria import plain_from
from surveys.rules.figures import plain
from surveys.rules.manifest import Item, Manifest
from surveys.rules.words import EvidenceKind, MaterialClass, Nature, ReviewOutcome

SCOPE_VI = "Hoạt động bán lẻ tại cơ sở"
SCOPE_EN = "Retail operations on the premises"


@dataclass
class Process:
    """Carries surveys and applications through their steps; the same ones each time it is run."""

    people: dict[str, User]
    criteria: CriteriaSet
    host: str

    def survey(self, establishment: Establishment, wanted: Wanted, *, key: str, submit: bool = True,
               nature: Nature = Nature.PLANNED) -> Survey:
        """A visit some weeks after the end of the sheet, and its survey."""
        random = Random(key)
        day = wanted.period_to + timedelta(days=random.randint(12, 30))
        lead, inspector = self.people["lead"], self.people["inspector"]
        visit = plan_visit(establishment=establishment, nature=nature, planned_on=day, team=[lead, inspector],
                           lead=lead, criteria_set=self.criteria, is_demo=True, by=lead, at=at(day, 7))
        survey = start_survey(visit, name(random), by=inspector, at=at(day, 8, random.randint(0, 50)))
        document = make_document(wanted, self.criteria, random)
        document["observed_at"] = at(day, 9, random.randint(0, 59)).isoformat()
        document["signatures"] = {side: sign(title, random, at(day, 11)) for side, title in (
            ("team", "Trưởng đoàn"), ("store", "Cửa hàng trưởng"))}
        manifest = list_files(survey, document, random, at(day, 10))
        attach(survey, manifest, inspector, at(day, 10))
        save_survey(survey, document, manifest=manifest, by=inspector, at=at(day, 11))
        if submit:
            submit_survey(survey, by=inspector, at=at(day, 11, 30))
        return survey

    def approve(self, survey: Survey, days: int = 9) -> datetime:
        """The technical review; when it was done."""
        when = at(local_day(survey) + timedelta(days=days), 14)
        review_survey(survey, outcome=ReviewOutcome.APPROVED, reasons="Hồ sơ đầy đủ, minh chứng phù hợp (minh hoạ).",
                      na_confirmed=True, by=self.people["reviewer"], at=when)
        return when

    def apply(self, survey: Survey, level: int | None = None) -> Application:
        """The store's wish, a fortnight before it was surveyed."""
        received = local_day(survey) - timedelta(days=14)
        return take_application(
            survey.establishment, received_on=received, requested_level=level, scope_vi=SCOPE_VI, scope_en=SCOPE_EN,
            note="Hồ sơ minh hoạ", by=self.people["clerk"], at=at(received, 15), is_demo=True)

    def grant(self, survey: Survey, level: int, *, decided: datetime | None = None,
              valid_from: date | None = None) -> Certificate:
        """Application, review and a granting decision, a week after the review unless `decided` is given."""
        application = self.apply(survey, level)
        decided = max(self.approve(survey) + timedelta(days=7), decided or at(survey.visit.planned_on))
        reasons = "Mức theo đề nghị của cơ sở (minh hoạ)." if survey.level_rank != level else ""
        decision = decide(application, outcome=Outcome.GRANTED, level_rank=level, reasons=reasons,
                          by=self.people["decider"], at=decided, host=self.host, valid_from=valid_from,
                          make_code=partial(code_of, Random(survey.id)))
        assert decision.certificate is not None
        return decision.certificate

    def conclude(self, survey: Survey, *, level: int | None, events: Iterable[tuple[EventKind, date, str]]) -> None:
        """What came of a survey: a review, or a certificate and what happened to it."""
        if level is None:
            self.approve(survey)
            return
        certificate = self.grant(survey, level)
        for kind, day, reasons in events:
            self.happen(certificate, kind, day, reasons)

    def refuse(self, survey: Survey, reasons: str) -> None:
        """Application, review and a refusal."""
        application = self.apply(survey)
        decide(application, outcome=Outcome.REFUSED, level_rank=None, reasons=reasons, by=self.people["decider"],
               at=self.approve(survey) + timedelta(days=7), host=self.host)

    def happen(self, certificate: Certificate, kind: EventKind, day: date, reasons: str) -> None:
        """Suspend, reinstate, withdraw or end a certificate."""
        add_event(certificate, kind=kind, effective_on=day, reasons=reasons, by=self.people["decider"], at=at(day, 10))


def code_of(random: Random) -> str:
    """A code that is the same each time the demonstration is loaded."""
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def local_day(survey: Survey) -> date:
    """The day of the visit."""
    return survey.visit.planned_on


def name(random: Random) -> str:
    """The UUID a tablet would have made, the same each time."""
    return str(uuid.UUID(int=random.getrandbits(128), version=4))


def sign(title: str, random: Random, when: datetime) -> dict:
    """A signature as strokes."""
    strokes = [[[60 + stroke * 280 + step * 24, 160 + random.randint(-90, 90)] for step in range(11)]
               for stroke in range(3)]
    return {"title": title, "strokes": strokes, "signed_at": when.isoformat()}


def list_files(survey: Survey, document: dict, random: Random, when: datetime) -> Manifest:
    """What each criterion and each non-plastic line asks for as evidence: drawn photos, kept once and shared."""
    rules = rules_of(survey.criteria_set)
    wanted = [{"criterion": rule.code, "kind": kind} for rule in rules.asked(survey.kind)
              for kind in rule.evidence_kinds]
    wanted += [{"category": line["category"], "kind": EvidenceKind.PHOTO} for line in document["lines"]
               if line["class"] == MaterialClass.E4]
    return [item(about, random, survey, when) for about in wanted]


def item(about: dict, random: Random, survey: Survey, when: datetime) -> Item:
    """One file of the manifest, in the store already."""
    scene = 7 if about["kind"] == EvidenceKind.DOCUMENT else random.randrange(len(photos.SCENES))
    content = photos.draw(scene)
    return {"id": name(random), "sha256": storage.put(content), "size": len(content), "media_type": "image/jpeg",
            "criterion": None, "category": None, "caption": photos.SCENES[scene], "taken_at": when.isoformat(),
            "lat": plain(survey.unit.lat), "lon": plain(survey.unit.lon), "accuracy": "12", "place_reason": "",
            "store_code": "", **about}


def attach(survey: Survey, manifest: Manifest, by: User, when: datetime) -> None:
    """The rows of the files: they have all arrived."""
    plain_set = plain_from(survey.criteria_set)
    for one in manifest:
        stored = {"sha256": one["sha256"], "received_sha256": one["sha256"], "media_type": one["media_type"],
                  "size": one["size"], "width": photos.SIZE[0], "height": photos.SIZE[1]}
        write(survey.id, one, stored, plain_set, False, by.id, when)
