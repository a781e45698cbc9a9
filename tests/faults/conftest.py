"""An inspector with a tablet at the end of a bad line. PPX_FAULT_ROUNDS says how often the dice are thrown."""

import base64
import contextlib
import hashlib
import os
import random

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from accounts.permissions import Role
from foundation.db import db
from retail.rules import Kind
from surveys.actions import load_default_criteria, plan_visit
from surveys.models import Survey
from surveys.queries import document_of
from surveys.queries.criteria import rules_of
from surveys.rules.words import AnswerType, Nature
from tests.conftest import AT
from tests.faults.line import Line
from tests.fixtures.live import Server, add_person, add_store
from tests.pictures import picture
from tests.surveys.conftest import line as sheet_line

ROUNDS = int(os.environ.get("PPX_FAULT_ROUNDS", "2"))
SEED = os.environ.get("PPX_FAULT_SEED", "")
LEAST = {AnswerType.BOOL: {"yes": False}, AnswerType.SCALE4: {"step": 0}, AnswerType.COUNT: {"number": 0},
         AnswerType.PERCENT: {"numerator": "0", "denominator": "1200"}}

# What a person does by hand, through the tablet core of the open page: give everything, photograph, hand in.
HAND_IN = """async ([person, visit, document, photos]) => {
    const { Tablet } = await import("/static/js/tablet/tablet.js")
    window.tablet ??= await Tablet.open({ person })
    const draft = window.draft = await window.tablet.draft({ visit, document: {}, evidence: [], fresh: true })
    await draft.change(document)
    for (const [code, text] of photos) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        await draft.addFile(new Blob([bytes], { type: "image/jpeg" }), { kind: "photo", criterion: code })
    }
    await draft.seal({ score: {}, app: "test" })
    void window.tablet.send()
    return draft.id
}"""

ENROLLED = """async (person) => {
    const { Tablet } = await import("/static/js/tablet/tablet.js")
    window.tablet ??= await Tablet.open({ person })
    return window.tablet.isEnrolled
}"""
WAKE = """async ([person, id]) => {
    const { Tablet } = await import("/static/js/tablet/tablet.js")
    window.tablet ??= await Tablet.open({ person })
    await window.tablet.send()
    return (await window.tablet.find(id)).state
}"""


@pytest.fixture
def dice(request):
    """Random, and told in the failure: run again with PPX_FAULT_SEED."""
    seed = SEED or str(random.randrange(10**6))
    print(f"PPX_FAULT_SEED={seed}")
    return random.Random(f"{seed} {request.node.name}")


@pytest.fixture
def line(live_server):
    """The way from the tablet to the server."""
    relay = Line(live_server.server.server_address)
    yield relay
    relay.close()


class Place:
    """Where an application runs: its database, and a way in."""

    def __init__(self, app):
        self.app = app

    sign_in = Server.sign_in


class Tablet:
    """One inspector, one browser, one visit; and what must stand on the server at the end."""

    def __init__(self, server, url: str, context: BrowserContext, visit: int, person: int, document: dict):
        self.server, self.url, self.context, self.document = server, url, context, document
        self.visit, self.person = visit, person
        self.photos = [("A1", picture((320 + k, 240), colour=(60, 90 + k, 40))) for k in range(2)]
        server.sign_in(context, person)
        self.page = self.open()

    @property
    def hashes(self) -> list[str]:
        """What its photos are called."""
        return sorted(hashlib.sha256(content).hexdigest() for _code, content in self.photos)

    def open(self, path: str = "/visits") -> Page:
        """A page on the tablet; the one before is left as it is."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.goto(f"{self.url}{path}")
        return self.page

    def crash(self) -> None:
        """The page dies in the middle of whatever it does; no handler of its own runs."""
        with self.page.expect_event("crash"), contextlib.suppress(Error):
            self.page.goto("chrome://crash")
        self.page.close()

    def enrol(self) -> None:
        """Wait until the server knows the tablet."""
        for _try in range(60):
            if self.page.evaluate(ENROLLED, self.person):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("the tablet is not enrolled")

    def hand_in(self) -> str:
        """Fill in, photograph, hand in. Returns the survey's id; sending has begun."""
        photos = [(code, to_text(content)) for code, content in self.photos]
        return self.page.evaluate(HAND_IN, [self.person, self.visit, self.document, photos])

    def wake(self, survey_id: str) -> str:
        """Try to send now, as opening the page or the network's return does; the state after it."""
        return self.page.evaluate(WAKE, [self.person, survey_id])

    def until(self, survey_id: str, state: str = "complete", tries: int = 40) -> None:
        """Wake it until that state is reached."""
        for _try in range(tries):
            if (found := self.wake(survey_id)) == state:
                return
            self.page.wait_for_timeout(150)
        raise AssertionError(f"{survey_id} is {found}, not {state}")

    def check(self, survey_id: str, count: int = 1) -> None:
        """Every answer, photo and signature stands on the server, exactly once."""
        with self.server.app.app_context():
            surveys = db.session.query(Survey).filter_by(visit_id=self.visit).all()
            assert len(surveys) == count, [survey.id for survey in surveys]
            survey = db.session.get(Survey, survey_id)
            assert survey.submitted_at, survey.state
            told = document_of(survey)
            for part, said in self.document.items():
                assert told[part] == said, part
            assert len(survey.answers) == len(self.document["answers"])
            assert len(survey.signatures) == 2
            held = sorted(piece.received_sha256 for piece in survey.evidence if piece.removed_at is None)
            assert held == self.hashes


def to_text(content: bytes) -> str:
    """Bytes for a page."""
    return base64.b64encode(content).decode()


@pytest.fixture
def make_tablet(live_server, line, context):
    """A visit of its own, a tablet for it: `make_tablet()`; another tablet of the same person and visit: `like=`."""

    def make(like: Tablet | None = None, on: BrowserContext | None = None, server=live_server) -> Tablet:
        if like:
            return Tablet(server, line.url, on, like.visit, like.person, like.document)
        if server is not live_server:
            line.target = server.address
        with server.app.app_context():
            criteria = load_default_criteria(by=None, at=AT)
            inspector = add_person(Role.LEAD)
            visit = plan_visit(establishment=add_store("Siêu thị Minh Hoạ 03", Kind.SUPERMARKET), by=inspector, at=AT,
                               nature=Nature.CERTIFICATION, planned_on=AT.date(), team=[inspector], lead=inspector,
                               criteria_set=criteria)
            db.session.commit()
            given = visit.id, inspector.id, whole(rules_of(criteria))
        return Tablet(server, line.url, on or context, *given)

    return make


@pytest.fixture
def tablet(make_tablet):
    return make_tablet()


def whole(rules) -> dict:
    """A document that lacks nothing and claims as little as can be, canonical."""
    signed = {"strokes": [[[10, 20], [300, 120]]], "signed_at": "2026-11-24T03:00:00Z"}
    return {
        "observed_at": "2026-11-24T02:10:00Z", "period_from": "2026-07-01", "period_to": "2026-09-30",
        "count_method": "records", "counted_by": "Kế toán kho", "receipts": 12000, "floor_area_m2": None,
        "tally": {"plastic": 40, "eco": 30, "own": 20, "none": 10}, "remarks": "Dòng một\nDòng hai",
        "store_remarks": "",
        "answers": {rule.code: LEAST[rule.type] for rule in rules.asked(Kind.SUPERMARKET) if rule.type in LEAST},
        "lines": [sheet_line("P01", "N", "6000"), sheet_line("P04", "N", "2000")],
        "bags": [{"label": "Túi quầy 1", "width_cm": "30", "height_cm": "45.5",
                  "readings_um": ["40", "41", "39", "40", "42"], "hard_to_degrade": True, "prepack": False}],
        "signatures": {"team": {"title": "Trưởng đoàn", **signed}, "store": {"title": "Quản lý", **signed}},
    }
