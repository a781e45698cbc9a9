"""A database of 0.1.0 with its data becomes one of today: nothing said or judged is lost, the guards hold again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DatabaseError

from foundation.config import ROOT
from foundation.db import db
from retail.rules import Kind
from surveys.models import Survey
from surveys.queries import document_of, receipt_number, record_of, rules_of
from surveys.rules.document import empty
from surveys.rules.form import record_from
from surveys.rules.scoring import score
from surveys.rules.words import SurveyState
from territory.models import AdminUnit
from tests.conftest import AT, LONG_AGO
from tests.fixtures.things import make_establishment, make_user
from tests.surveys.conftest import make_set

SUBMITTED, DRAFT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
PHOTO, STRUCK = "33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444"
SEEN = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)
STROKES = [[[0, 0], [100, 40]]]
WHOLE = empty() | {
    "observed_at": "2026-11-24T02:10:00Z", "period_from": "2026-10-01", "period_to": "2026-10-31",
    "count_method": "records", "counted_by": "Thủ kho", "receipts": 4000, "floor_area_m2": 2500,
    "tally": {"plastic": 70, "eco": 20, "own": 10, "none": 0}, "remarks": "Kho sạch", "store_remarks": "Đồng ý",
    "answers": {"A1": {"yes": True}, "A4": {"step": 3, "note": "Có bảng"},
                "A6": {"numerator": "40", "denominator": "45.5"}, "B9": {"number": 0}},
    "lines": [
        {"category": "P01", "class": "N", "opening": "100", "purchased": "33900", "closing": "0.25", "returned": "0",
         "proof_number": "", "proof_holder": "", "proof_expires_on": None, "has_statement": False, "note": "cuộn"},
        {"category": "P01", "class": "E2", "opening": "0", "purchased": "12000", "closing": "0", "returned": "10",
         "proof_number": "NSTVN 1", "proof_holder": "Công ty Bao bì", "proof_expires_on": "2028-01-31",
         "has_statement": False, "note": ""}],
    "bags": [{"label": "Túi quai", "width_cm": "30", "height_cm": "45.5", "hard_to_degrade": True, "prepack": False,
              "readings_um": ["18", "19.5", None, None, None]}],
    "signatures": {"team": {"title": "Chuyên viên", "strokes": STROKES, "signed_at": "2026-11-24T02:10:00Z"},
                   "store": {"title": "Quản lý", "strokes": STROKES, "signed_at": "2026-11-24T02:10:00Z"}}}
BEGUN = empty() | {
    "observed_at": "2026-11-24T02:10:00Z", "period_to": "2026-10-31",
    "answers": {"A1": {"yes": False}, "A6": {"na": True, "na_reason": "Không có quầy"}},
    "lines": [WHOLE["lines"][1] | {"category": "P04"}],
    "signatures": {"team": WHOLE["signatures"]["team"]}}


def migrate(to, step=command.upgrade):
    """As `flask db upgrade` does."""
    db.session.remove()
    config = Config(ROOT / "migrations" / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    step(config, to)


def insert(name, *rows):
    """Rows of a table as it stands now."""
    table = sa.Table(name, sa.MetaData(), autoload_with=db.session.connection(), resolve_fks=False)
    for row in rows:
        db.session.execute(table.insert().values(row))


@pytest.fixture
def ids(apart):
    """What surveys stand on, in the tables of 0.1.0: which of them have not changed since."""
    people = [make_user(f"{name}@example.vn", name, []) for name in ("a", "b")]
    unit = AdminUnit(level="commune", code="07900", name="Phường Thử", kind="Phường", valid_from=LONG_AGO,
                     search_text="", sort_key="")
    store = make_establishment("CS-1", "Siêu thị Thử", unit, "Công ty")
    criteria = make_set()
    db.session.add_all([*people, unit, store, criteria])
    db.session.flush()
    criteria.published_at = AT
    db.session.flush()
    found = SimpleNamespace(
        author=people[0].id, reviewer=people[1].id, unit=unit.id, store=store.id, set=criteria.id,
        criteria={row.code: row.id for group in criteria.groups for row in group.criteria},
        categories={row.code: row.id for row in criteria.categories}, rules=rules_of(criteria))
    db.session.commit()
    migrate("0002", command.downgrade)
    return found


def insert_survey(ids, survey_id, document, **head):
    """A draft of 0.1.0 with its rows, the last first."""
    insert("surveys", {
        "id": survey_id, "visit_id": 1, "establishment_id": ids.store, "criteria_set_id": ids.set,
        "author_id": ids.author, "establishment_name": "Siêu thị Thử", "kind": Kind.SUPERMARKET.value,
        "unit_id": ids.unit, "address": "Số 1", "created_at": AT, "updated_at": AT, "revision": 3,
        "is_demo": False, "observed_at": SEEN, "period_to": date(2026, 10, 31),
        "counted_by": "", "remarks": "", "store_remarks": "", **head})
    insert("answers", *({
        "survey_id": survey_id, "criterion_id": ids.criteria[code], "yes": said.get("yes"), "step": said.get("step"),
        "numerator": said.get("numerator"), "denominator": said.get("denominator"), "number": said.get("number"),
        "not_applicable": said.get("na", False), "na_reason": said.get("na_reason", ""), "note": said.get("note", ""),
    } for code, said in reversed(document["answers"].items())))
    insert("packaging_lines", *({
        **{key: value for key, value in line.items() if key not in ("category", "class")}, "survey_id": survey_id,
        "category_id": ids.categories[line["category"]], "material_class": line["class"],
        "proof_expires_on": line["proof_expires_on"] and date.fromisoformat(line["proof_expires_on"]),
        **{name: f"{Decimal(line[name]):.6f}" for name in ("opening", "purchased", "closing", "returned")},
    } for line in reversed(document["lines"])))
    insert("bag_samples", *({"survey_id": survey_id, "position": position, **bag, "readings_um": ["18", "19.5"]}
                            for position, bag in enumerate(document["bags"])))
    insert("signatures", *({"survey_id": survey_id, "side": side, "title": signed["title"], "strokes": STROKES,
                            "signed_at": SEEN} for side, signed in document["signatures"].items()))


@pytest.fixture
def old(ids):
    """A submitted and approved survey with a photo and one struck out, and a draft beside it."""
    insert("visits", {"id": 1, "establishment_id": ids.store, "criteria_set_id": ids.set, "nature": "planned",
                      "planned_on": date(2026, 11, 24), "plan_number": "", "is_demo": False, "created_at": AT})
    insert("visit_members", {"visit_id": 1, "user_id": ids.author, "is_lead": True})
    insert_survey(ids, SUBMITTED, WHOLE, period_from=date(2026, 10, 1), counted_by="Thủ kho", count_method="records",
                  receipts=4000, floor_area_m2=2500, tally_plastic=70, tally_eco=20, tally_own=10, tally_none=0,
                  remarks="Kho sạch", store_remarks="Đồng ý")
    insert_survey(ids, DRAFT, BEGUN)
    file = {"survey_id": SUBMITTED, "criterion_id": ids.criteria["A4"], "kind": "photo", "caption": "Bảng",
            "sha256": "a" * 64, "received_sha256": "b" * 64, "media_type": "image/jpeg", "size": 123,
            "taken_at": SEEN, "lat": "21.322500", "lon": "105.402000", "received_at": AT,
            "received_from_id": ids.author}
    insert("evidence", {**file, "id": PHOTO, "removed_at": None}, {**file, "id": STRUCK, "removed_at": AT})
    scored = score(ids.rules, record_from(WHOLE, Kind.SUPERMARKET))
    surveys = sa.Table("surveys", sa.MetaData(), autoload_with=db.session.connection(), resolve_fks=False)
    db.session.execute(surveys.update().where(surveys.c.id == SUBMITTED).values(
        submitted_at=AT, score=scored.as_json(), total=f"{scored.total:.6f}",
        replaced_grams=f"{scored.replaced_grams:.6f}", used_grams=f"{scored.used_grams:.6f}"))
    insert("reviews", {"survey_id": SUBMITTED, "outcome": "approved", "reasons": "Đủ", "na_confirmed": False,
                       "reviewer_id": ids.reviewer, "reviewed_at": AT})
    db.session.commit()
    return ids


def test_surveys_say_what_they_said(old):
    migrate("head")
    submitted, draft = db.session.get(Survey, SUBMITTED), db.session.get(Survey, DRAFT)
    assert document_of(submitted) == WHOLE and document_of(draft) == BEGUN
    assert [submitted.state, draft.state] == [SurveyState.APPROVED, SurveyState.DRAFT]
    assert submitted.delivered_at == AT and draft.delivered_at is None
    again = score(rules_of(submitted.criteria_set), record_of(submitted))
    assert (again.as_json(), again.total) == (submitted.score, submitted.total) and submitted.total > 0
    assert again.used_grams == submitted.used_grams
    assert len(submitted.answers) == 4 and len(submitted.lines) == 2 and len(submitted.signatures) == 2
    assert not (draft.answers or draft.lines or draft.bags or draft.signatures or draft.observed_at or draft.period_to)
    assert submitted.manifest == [{
        "id": PHOTO, "sha256": "b" * 64, "size": 123, "media_type": "image/jpeg", "kind": "photo", "criterion": "A4",
        "category": None, "caption": "Bảng", "taken_at": "2026-11-24T02:10:00Z", "lat": "21.3225", "lon": "105.402",
        "accuracy": None, "place_reason": "", "store_code": ""}]
    assert len(submitted.evidence) == 2 and draft.manifest == []


def test_what_the_store_sees_names_no_hash(old, apart):
    migrate("head")
    page = apart.test_client().get(f"/r/{receipt_number(db.session.get(Survey, SUBMITTED))}").get_data(as_text=True)
    assert "Siêu thị Thử" in page and "None" not in page


def test_the_guards_hold_again(old):
    migrate("head")
    for statement in (f"UPDATE surveys SET address = '' WHERE id = '{SUBMITTED}'",
                      f"UPDATE surveys SET document = '{{}}' WHERE id = '{SUBMITTED}'",
                      f"DELETE FROM signatures WHERE survey_id = '{SUBMITTED}'",
                      "UPDATE reviews SET reasons = ''", f"DELETE FROM surveys WHERE id = '{SUBMITTED}'",
                      f"UPDATE evidence SET store_code = 'x' WHERE survey_id = '{SUBMITTED}'",
                      f"UPDATE surveys SET twin_of_id = 'nobody' WHERE id = '{DRAFT}'"):  # a foreign key
        with pytest.raises(DatabaseError):
            db.session.execute(sa.text(statement))
        db.session.rollback()
    db.session.execute(sa.text(f"UPDATE surveys SET address = 'Số 2' WHERE id = '{DRAFT}'"))


def test_and_back(old):
    migrate("head")
    migrate("0002", command.downgrade)
    head = db.session.execute(sa.text(
        "SELECT counted_by, count_method, receipts, tally_own, remarks, revision FROM surveys ORDER BY id")).all()
    assert [*map(tuple, head)] == [("Thủ kho", "records", 4000, 10, "Kho sạch", 3), ("", None, None, None, "", 3)]
    migrate("head")
    assert document_of(db.session.get(Survey, SUBMITTED)) == WHOLE
    assert document_of(db.session.get(Survey, DRAFT)) == empty() | {
        name: BEGUN[name] for name in ("observed_at", "period_to")}
