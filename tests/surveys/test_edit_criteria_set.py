from datetime import date
from decimal import Decimal

import html5lib
import pytest

from accounts.permissions import Role
from surveys.actions import copy_criteria_set, load_default_criteria
from surveys.queries import content_of
from surveys.rules.editing import find_piece, group_of
from surveys.rules.words import AnswerType, EvidenceKind, MaterialClass
from tests.conftest import AT

SCALE = {f"anchor_{step}_{language}": f"{step} {language}" for step in range(5) for language in ("vi", "en")}


@pytest.fixture
def draft(session):
    made = copy_criteria_set(load_default_criteria(by=None, at=AT), version="1.1", by=None, at=AT)
    session.commit()
    return made


@pytest.fixture
def admin(client, person):
    return client.sign_in(person(Role.ADMIN))


def typed(page):
    """What a browser would send from a page as it was given."""
    form = next(form for form in html5lib.parse(page, namespaceHTMLElements=False).iter("form")
                if form.get("method") == "post" and "part-form" in (form.get("class") or ""))
    data = {}
    for element in form.iter():
        name, kind = element.get("name"), element.get("type")
        if element.tag == "textarea":
            data[name] = element.text or ""
        elif element.tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            data[name] = (chosen or list(element.iter("option")))[0].get("value")
        elif element.tag == "input" and (kind != "checkbox" or element.get("checked") is not None):
            data.setdefault(name, []).append(element.get("value", "y"))
    return data


@pytest.mark.parametrize("path", ["edit", *(f"criteria/{code}/edit" for code in ("A1", "B4", "B7", "B9", "B10", "T1")),
                                  "groups/B/edit", "packaging/P01/edit", "packaging/P17/edit", "levels/2/edit"])
def test_saving_what_was_shown_changes_nothing(session, admin, draft, path):
    before = content_of(draft)
    page = admin.get(f"/criteria/{draft.id}/{path}")
    assert page.status_code == 200
    assert admin.post(f"/criteria/{draft.id}/{path}", data=typed(page.text)).status_code == 302
    session.expire_all()
    assert content_of(draft) == before


def test_a_criterion(session, admin, draft):
    path = f"/criteria/{draft.id}/criteria/B4/edit"
    data = typed(admin.get(path).text)
    answer = admin.post(path, data={**data, "weight": "11,5", "hi": "95", "evidence_kinds": ["photo", "document"],
                                    "title_vi": "  Tỷ lệ   thay thế nhựa "})
    assert answer.headers["Location"].endswith("#B4")
    session.expire_all()
    found = find_piece(content_of(draft), "criteria", "B4")
    assert (found.weight, found.hi, found.title_vi) == (Decimal("11.5"), 95, "Tỷ lệ thay thế nhựa")
    assert found.evidence_kinds == (EvidenceKind.PHOTO, EvidenceKind.DOCUMENT)


def test_another_type_keeps_only_what_it_uses(session, admin, draft):
    path = f"/criteria/{draft.id}/criteria/B4/edit"
    admin.post(path, data={**typed(admin.get(path).text), **SCALE, "type": "scale4"})
    session.expire_all()
    found = find_piece(content_of(draft), "criteria", "B4")
    assert (found.type, found.lo, found.hi, found.measure) == (AnswerType.SCALE4, None, None, None)
    assert found.anchors_vi == ("0 vi", "1 vi", "2 vi", "3 vi", "4 vi")


def test_another_group(session, admin, draft):
    path = f"/criteria/{draft.id}/criteria/B9/edit"
    admin.post(path, data={**typed(admin.get(path).text), "group": "C"})
    session.expire_all()
    assert group_of(content_of(draft), "B9") == "C"
    assert len(content_of(draft).criteria) == 40


@pytest.mark.parametrize(("changed", "words"), [
    ({"weight": "nhiều"}, "“Điểm”: “nhiều” không phải số. Ghi dạng 1,5."),
    ({"title_vi": ""}, "“Tiêu chí (vi)” để trống: hãy điền."),
    ({"title_en": "x" * 301}, "“Tiêu chí (en)” quá dài: tối đa 300 ký tự."),
    ({"bands": "1 là 2"}, "không đọc được “1 là 2”. Ghi theo cặp, ví dụ 0=0; 1=0,5."),
])
def test_mistakes_are_told_beside_the_field_and_nothing_is_lost(session, admin, draft, changed, words):
    path = f"/criteria/{draft.id}/criteria/B9/edit"
    data = {**typed(admin.get(path).text), "basis": "Ghi chú chưa lưu", **changed}
    answer = admin.post(path, data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Ghi chú chưa lưu" in answer.text


def test_the_facts_of_the_set(session, admin, draft):
    path = f"/criteria/{draft.id}/edit"
    data = typed(admin.get(path).text)
    admin.post(path, data={**data, "standing_vi": "ban hành", "accepted_classes": ["E1", "E4", "E5"],
                           "validity_months": "24"})
    session.expire_all()
    assert draft.accepted_classes == ["E1", "E4", "E5"]
    assert content_of(draft).accepted_classes == (MaterialClass.E1, MaterialClass.E4, MaterialClass.E5)
    assert draft.validity_months == 24
    taken = admin.post(f"{path}?lang=en", data={**data, "version": "1.0"})
    assert taken.status_code == 422
    assert "PT-PPBV has a version 1.0 already." in taken.text


def test_a_category_is_weighed(session, admin, draft):
    path = f"/criteria/{draft.id}/packaging/P01/edit"
    admin.post(path, data={**typed(admin.get(path).text), "grams": "5,83", "weighed_on": "20/11/2026",
                           "weighed_by": "Trần Văn Cân"})
    session.expire_all()
    found = find_piece(content_of(draft), "packaging", "P01")
    assert (found.grams, found.weighed_on, found.weighed_by) == (Decimal("5.83"), date(2026, 11, 20), "Trần Văn Cân")


def test_thousands_are_thousands(session, admin, draft):
    path = f"/criteria/{draft.id}/packaging/P17/edit"
    admin.post(path, data={**typed(admin.get(path).text), "grams": "1.250"})
    session.expire_all()
    assert find_piece(content_of(draft), "packaging", "P17").grams == 1250


def test_adding_and_taking_out(session, admin, draft):
    base = f"/criteria/{draft.id}"
    admin.post(f"{base}/groups/add", data={"code": "H", "title_vi": "Nhóm mới", "title_en": "New", "weight": "5"})
    empty = typed(admin.get(f"{base}/criteria/add").text)
    made = {**empty, "code": "H1", "group": "H", "title_vi": "Tiêu chí mới", "title_en": "New one",
            "type": "bool", "weight": "5", "applies_to": "ALL"}
    assert admin.post(f"{base}/criteria/add", data=made).headers["Location"].endswith("#H1")
    admin.post(f"{base}/levels/add", data={"rank": "4", "name_vi": "Dẫn đầu", "name_en": "Leading", "least_total": "95",
                                           "least_group": "90", "least_by_group": ""})
    session.expire_all()
    content = content_of(draft)
    assert group_of(content, "H1") == "H"
    assert [level.rank for level in content.levels] == [1, 2, 3, 4]
    again = admin.post(f"{base}/criteria/add?lang=en", data=made)
    assert again.status_code == 422
    assert "The set has H1 already: choose another." in again.text
    admin.post(f"{base}/groups/H/remove")
    admin.post(f"{base}/levels/4/remove")
    session.expire_all()
    assert len(content_of(draft).criteria) == 40
    assert len(content_of(draft).levels) == 3


@pytest.mark.parametrize("part", ["groups", "criteria", "packaging", "levels"])
def test_the_empty_form_of_each_part(admin, draft, part):
    assert admin.get(f"/criteria/{draft.id}/{part}/add").status_code == 200


def test_a_published_set_is_not_edited(admin, draft):
    assert admin.get(f"/criteria/{draft.source_id}/criteria/B4/edit").status_code == 409
    assert admin.get(f"/criteria/{draft.id}/criteria/Z9/edit").status_code == 404
