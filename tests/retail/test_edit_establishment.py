from dataclasses import replace
from datetime import date

from foundation.audit import AuditEntry
from retail.actions import add_establishment
from retail.rules import Kind
from territory.models import AdminUnitChange
from tests.conftest import AT


def form_of(store, unit):
    here = store.locations[-1]
    return {"name": store.name, "kind": store.kind, "enterprise": "Công ty Cổ phần Thử (2600123456)",
            "unit": str(unit.id), "address": here.address, "opened_on": "01/05/2021", "area_m2": "2.500",
            "items": "12.000"}


def test_a_correction_is_saved(client, clerk, store, session):
    data = {**form_of(store, store.locations[0].unit), "items": "13.000"}
    assert client.sign_in(clerk).post(f"/establishments/{store.id}/edit", data=data).status_code == 302
    assert store.items == 13000
    assert session.query(AuditEntry).filter_by(verb="change_establishment").one().actor == "Văn thư"


def test_saving_what_is_shown_changes_nothing(client, clerk, store, session):
    page = client.sign_in(clerk).get(f"/establishments/{store.id}/edit").text
    for shown in ("Siêu thị Đồng Xanh", "Công ty Cổ phần Thử (2600123456)", "01/05/2021", "2.500", "12.000"):
        assert f'value="{shown}"' in page
    client.post(f"/establishments/{store.id}/edit", data=form_of(store, store.locations[0].unit))
    assert session.query(AuditEntry).filter_by(verb="change_establishment").count() == 0


def test_a_place_of_an_old_unit_keeps_it_unless_another_is_chosen(client, clerk, facts, session, unit):
    old = unit("Phường Gia Cẩm", code="07901", since=date(2020, 1, 1), until=date(2025, 7, 1))
    session.add(AdminUnitChange(from_unit=old, to_unit=facts.unit, effective=date(2025, 7, 1), kind="whole",
                                is_default=True))
    store = add_establishment(replace(facts, unit=old), by=None, at=AT)
    session.commit()
    page = client.sign_in(clerk).get(f"/establishments/{store.id}/edit").text
    assert f'<option selected value="{facts.unit.id}">Phường Việt Trì' in page
    client.post(f"/establishments/{store.id}/edit", data={**form_of(store, facts.unit), "items": "1.000"})
    assert store.locations[-1].unit_id == old.id
    other = unit("Xã Lâm Thao", code="08431")
    client.post(f"/establishments/{store.id}/edit", data=form_of(store, other))
    assert store.locations[-1].unit_id == other.id


def test_it_cannot_stand_inside_itself(client, clerk, facts, session):
    centre = add_establishment(replace(facts, kind=Kind.TRADE_CENTRE), by=None, at=AT)
    session.commit()
    answer = client.sign_in(clerk).post(f"/establishments/{centre.id}/edit", data={
        **form_of(centre, facts.unit), "parent": centre.number})
    assert answer.status_code == 422
    assert "Chọn trung tâm thương mại khác." in answer.text


def test_a_viewer_may_not(client, viewer, store):
    assert client.sign_in(viewer).get(f"/establishments/{store.id}/edit").status_code == 403
