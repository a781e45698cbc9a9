"""Whole lists: the outcome of every line, and what stands in the register afterwards."""

import random
from datetime import date

import openpyxl
import pytest

from accounts.permissions import Role
from foundation.audit import AuditEntry, find_break
from foundation.errors import RuleBroken
from retail.actions import EstablishmentFacts, problems, set_status
from retail.importing import uploads
from retail.importing.entries import Options
from retail.importing.fields import Field
from retail.importing.planning import Outcome
from retail.models import Enterprise, Establishment
from retail.rules import Kind, Status
from territory.models import AdminUnit
from tests.conftest import AT
from tests.retail.importing.conftest import register, rows_of
from tests.retail.importing.ugly import (
    FIRST_LINE,
    NEW,
    PLAIN,
    STORIES,
    encode,
    saved,
    simple,
    store,
    text_file,
    workbook,
)


def codes(row):
    return {issue.code for issue in [*row.issues, *row.notes]}


def test_an_ugly_list_line_by_line(upload):
    started, rows = upload(workbook())
    assert (started.sheet, started.mapping["first"], started.mapping["last"]) == ("Tổng hợp", 7, 8)
    told = {line: (rows[line].outcome, codes(rows[line])) for line in rows}
    for line, (story, outcome, wanted) in enumerate(STORIES, start=FIRST_LINE):
        assert told[line][0] == outcome, (line, story[0], told[line])
        assert wanted <= told[line][1], (line, story[0], told[line])
    tail = [told[line] for line in sorted(told) if line >= FIRST_LINE + len(STORIES)]
    assert len(tail) == 6 and {outcome for outcome, _codes in tail} == {Outcome.SKIPPED}
    assert told[FIRST_LINE - 1] == (Outcome.SKIPPED, {"line_numbering"})


def test_the_same_file_again_changes_nothing(upload, take, session):
    take(workbook())
    before = register(session)
    started, rows = upload(workbook())
    assert started.counts.get("new", 0) == started.counts.get("changed", 0) == 0
    assert started.counts["unchanged"] == sum(1 for _row, outcome, _codes in STORIES if outcome == NEW)
    assert len(before) == started.counts["unchanged"]
    take(workbook())
    assert register(session) == before
    assert find_break() is None


def plain_stores():
    """Lines without sections, that stand for themselves."""
    return [row for row, _outcome, wanted in STORIES if len(row) == 14 and row[1] and "section" not in wanted
            and not {"repeated", "similar_line", "line_headings"} & wanted]


def test_the_order_of_columns_and_rows_does_not_matter(upload):
    rows = plain_stores()
    def told(content):
        return sorted((row.name, row.outcome, sorted(codes(row))) for row in upload(content)[1].values())

    expected = told(simple(rows))
    chance = random.Random(7)
    for _time in range(3):
        order = chance.sample(range(14), 14)
        shuffled = chance.sample(rows, len(rows))
        assert told(simple([[row[index] for index in order] for row in shuffled],
                           [PLAIN[index] for index in order])) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1258"])
def test_a_text_file_says_the_same_as_a_workbook(upload, encoding):
    rows = [store(f"Siêu thị Ngõ Huyện {n}", street=f"Số {n}") for n in range(3)]
    one, other = upload(simple(rows))[1], upload(text_file(rows, encoding, ";"), "ds.csv")[1]
    assert [(row.name, row.outcome, row.values) for row in one.values()] == [
        (row.name, row.outcome, row.values) for row in other.values()]


def test_everything_accepted_is_a_fact_the_register_takes(take, session):
    take(workbook())
    for one in session.scalars(session.query(Establishment).statement):
        here = one.locations[-1]
        facts = EstablishmentFacts(
            name=one.name, kind=one.kind, enterprise=one.enterprise, unit=here.unit, address=here.address,
            opened_on=one.opened_on, recorded_class=one.recorded_class, area_m2=one.area_m2, items=one.items,
            branch_code=one.branch_code, contact_phone=one.contact_phone, note=one.note)
        assert problems(facts, AT.date()) == {}
        assert here.unit.valid_to is None
        assert [span.valid_to for span in one.statuses][-1] is None
        assert one.number in one.search_text.upper()


def test_a_new_establishment_as_it_is_recorded(take, session):
    take(simple([store("Siêu thị Đóng", status="Đã đóng cửa từ 01/06/2024", code="0104918404-012", note="Cạnh chợ")]))
    one = session.query(Establishment).one()
    assert (one.number, one.kind, one.branch_code) == ("CS-000001", Kind.SUPERMARKET, "0104918404-012")
    assert (one.enterprise.name, one.enterprise.tax_code) == ("Công ty TNHH Minh Hoạ", "0104918404")
    assert (one.locations[0].text, one.locations[0].valid_from) == (
        "Số 5, đường Hùng Vương, Phường Việt Trì", date(2020, 12, 31))
    assert [(span.status, span.valid_from, span.valid_to) for span in one.statuses] == [
        (Status.OPERATING, date(2020, 12, 31), date(2024, 6, 1)), (Status.CLOSED, date(2024, 6, 1), None)]
    entry = session.query(AuditEntry).filter_by(verb="import_register").one()
    assert entry.detail["added"] == ["CS-000001", "CS-000001"]


def test_a_list_corrects_what_the_register_says(take, upload, session):
    take(simple([store("Siêu thị A", area=1500), store("Siêu thị B", street="Số 9")]))
    changed = simple([
        store("Siêu thị A", area=1800, items="", phone="", status="Tạm ngừng", note="Đang sửa"),
        store("SIÊU THỊ B", street="số 9", company="Cty TNHH Minh Hoạ")])
    _started, rows = upload(changed)
    assert [row.outcome for row in rows.values()] == [Outcome.CHANGED, Outcome.UNCHANGED]
    assert rows[2].changes == {"area_m2": [1500, 1800], "note": ["", "Đang sửa"], "status": ["operating", "paused"],
                               "status_on": [date(2020, 12, 31), AT.date()]}
    take(changed)
    one = session.query(Establishment).filter_by(name="Siêu thị A").one()
    assert (one.area_m2, one.items, one.status_on(AT.date())) == (1800, 5000, Status.PAUSED)
    entry = session.query(AuditEntry).filter_by(verb="change_establishment").one()
    assert (entry.detail["before"]["area_m2"], entry.detail["after"]["area_m2"]) == (1500, 1800)
    assert find_break() is None


def test_its_own_number_lets_a_name_and_place_change(take, upload, session):
    take(simple([store("Siêu thị A")]))
    headings = ("Mã số cơ sở", "Tên cơ sở", "Xã, phường")
    content = simple([["CS-000001", "Siêu thị Mới", "Xã Hy Cương"], ["CS-000009", "Siêu thị Lạ", "Xã Hy Cương"]],
                     headings)
    _started, rows = upload(content)
    assert set(rows[2].changes) == {"name", "unit_id"}
    assert codes(rows[3]) == {"number_unknown"}
    take(content)
    one = session.query(Establishment).one()
    assert (one.name, one.locations[-1].unit.name) == ("Siêu thị Mới", "Xã Hy Cương")
    assert "sieu thi moi" in one.search_text


def test_what_history_forbids_is_refused(take, upload, session, clerk):
    take(simple([store("Siêu thị A")]))
    one = session.query(Establishment).one()
    set_status(one, Status.PAUSED, on=date(2025, 3, 1), reason="Sửa", by=clerk, at=AT)
    session.commit()
    _started, rows = upload(simple([store("Siêu thị A", status="Đóng cửa từ 01/01/2025", opened="05/03/2025")]))
    assert codes(rows[2]) >= {"closed_before_opened"}
    _started, rows = upload(simple([store("Siêu thị A", status="Đóng cửa từ 01/01/2025")]))
    assert codes(rows[2]) >= {"status_before"}
    _started, rows = upload(simple([store("Siêu thị A", status="", opened="05/03/2025")]))
    assert codes(rows[2]) >= {"opened_after_change"}


def test_an_enterprise_is_added_once_and_completed(take, session):
    take(simple([store("A", company="Công ty CP Một", code="", street="Số 1"),
                 store("B", company="CÔNG TY CỔ PHẦN MỘT", code="", street="Số 2")]))
    assert [one.name for one in session.query(Enterprise)] == ["Công ty CP Một"]
    take(simple([store("C", company="Công ty CP Một", code="2600999999", street="Số 3")]))
    one = session.query(Enterprise).one()
    assert one.tax_code == "2600999999"
    assert {"2600999999" in each.search_text for each in one.establishments} == {True}


def test_two_tax_codes_under_one_name_are_asked_about(upload):
    _started, rows = upload(simple([
        store("A", company="Công ty Một", code="2600111111", street="Số 1"),
        store("B", company="Công ty Một", code="2600222222", street="Số 2"),
        store("C", company="Công ty Một", code="", street="Số 3"),
        store("D", company="", code="2600333333", street="Số 4")]))
    assert [row.outcome for row in rows.values()] == [NEW, NEW, "refused", "refused"]
    assert codes(rows[4]) >= {"enterprise_several"} and codes(rows[5]) >= {"enterprise_unnamed"}


def test_merged_cells_are_filled_down_and_said(upload):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Tên cơ sở", "Loại hình", "Doanh nghiệp", "Địa chỉ", "Xã, phường"])
    for number in range(3):
        page.append([f"Cửa hàng {number}", "CHTL" if not number else None, "Công ty Một" if not number else None,
                     f"Số {number}", "Phường Việt Trì"])
    page.append(["Cửa hàng 9", None, None, "Số 9", "Phường Việt Trì"])
    page.merge_cells("B2:B4")
    page.merge_cells("C2:C4")
    _started, rows = upload(saved(book))
    assert [row.outcome for row in rows.values()] == [NEW, NEW, NEW, "refused"]
    assert codes(rows[3]) == {"merged"} and codes(rows[5]) == {"kind_missing", "enterprise_missing"}


def test_choices_for_the_whole_list(upload, session, clerk):
    content = simple([["Siêu thị A", "Phường Việt Trì", "Số 1"]], ("Tên cơ sở", "Xã, phường", "Địa chỉ"))
    started, rows = upload(content)
    assert codes(rows[2]) == {"kind_missing", "enterprise_missing"}
    columns = {one["index"]: Field(one["field"]) if one["field"] else None for one in started.mapping["columns"]}
    uploads.change_mapping(started, sheet=started.sheet, first=1, last=1, columns=columns,
                           options=Options(Kind.MINI, own_enterprise=True), by=clerk, at=AT)
    row = rows_of(started)[2]
    assert (row.outcome, row.values["kind"], codes(row)) == (NEW, Kind.MINI, {"chosen_kind", "own_enterprise"})


def test_a_clerk_of_one_district_imports_there_only(upload, person, session):
    district = session.query(AdminUnit).filter_by(name="Huyện Lâm Thao").one()
    local = person(Role.CLERK, territory=district)
    rows = [store("A"), store("B", commune="Xã Tứ Xã", district="Lâm Thao")]
    _started, told = upload(simple(rows), by=local)
    assert [row.outcome for row in told.values()] == ["refused", NEW]
    assert codes(told[2]) >= {"out_of_scope"}


def test_a_register_that_changed_meanwhile_asks_for_another_look(upload, take, session, clerk):
    started, _rows = upload(simple([store("Siêu thị A"), store("Siêu thị B", street="Số 9")]))
    seen = started.plan_sha256
    take(simple([store("Siêu thị A", area=99)]))
    assert not uploads.confirm(started, seen, by=clerk, at=AT)
    assert started.counts["changed"] == 1 and session.query(Establishment).count() == 1
    take(simple([store("Siêu thị Khác", street="Số 77")]))
    assert uploads.confirm(started, started.plan_sha256, by=clerk, at=AT)  # changed, but not in what this list does
    with pytest.raises(RuleBroken):
        uploads.confirm(started, started.plan_sha256, by=clerk, at=AT)


def test_a_sheet_typed_in_tcvn3_is_converted(upload):
    content = simple([["Siªu thÞ ViÖt Tr×", "Siªu thÞ", "C«ng ty Mét", "Phó Thä", "Ph­êng ViÖt Tr×"]],
                     ("Tªn c¬ së", "Lo¹i h×nh", "Doanh nghiÖp", "§Þa chØ", "X·, ph­êng"))
    started, rows = upload(content)
    assert started.mapping["tcvn3"]
    assert (rows[2].name, rows[2].values["address"]) == ("Siêu thị Việt Trì", "Phú Thọ")


def test_no_query_a_row(upload, count_statements, session, clerk):
    def statements(count):
        content = simple([store(f"Siêu thị Số {n}", street=f"Số {n}") for n in range(count)])
        with count_statements() as seen:
            started, _rows = upload(content)
            assert uploads.confirm(started, started.plan_sha256, by=clerk, at=AT)
        session.rollback()
        return len(seen)

    assert statements(40) == statements(2)


def test_text_that_nobody_can_read_is_refused_row_by_row(upload):
    _started, rows = upload(encode(
        "Tên cơ sở,Loại hình,Doanh nghiệp,Xã,Ngày khai trương\nSiêu thị A,Siêu thị,Công ty A,Phường Việt Trì\n"
        "Sieâu thò B,Siêu thị,Công ty A,Phường Việt Trì\nSiÃªu thá»‹ C,Siêu thị,Công ty A,Phường Việt Trì\n", "utf-8"),
        "a.csv")
    assert [sorted(codes(row)) for row in rows.values()] == [["opened_unknown"], ["vni"], ["mojibake"]]
