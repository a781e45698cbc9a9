"""A store sees its own establishments and papers, and nobody else's."""

from datetime import timedelta

import pytest

from accounts.permissions import Role
from foundation import clock, storage
from plan.actions import load_defaults
from retail.models import StoreUser

from .test_printing import FACTS

TODAY = clock.today()


@pytest.fixture
def owner(session, establishment, person, certificate):
    """(store user, certificate of its store)."""
    load_defaults(at=clock.now())
    store = establishment("Siêu thị Minh Hoạ 03")
    user = person(Role.STORE)
    session.add(StoreUser(user=user, enterprise=store.enterprise))
    issued = certificate(code="7K3M9QXWTRA", valid_from=TODAY - timedelta(9), valid_until=TODAY + timedelta(900),
                         facts=FACTS, at=store)
    return user, issued


def test_it_shows_the_own_stores(client, owner):
    page = client.sign_in(owner[0]).get("/store").get_data(as_text=True)
    assert "Siêu thị Minh Hoạ 03" in page and "/v/7K3M9QXWTRA" in page and "Đang có hiệu lực" in page
    assert "1 cơ sở" in page


def test_another_store_sees_none_of_it(app, client, session, owner, person, monkeypatch):
    other = person(Role.STORE)
    page = client.sign_in(other).get("/store").get_data(as_text=True)
    assert "Siêu thị Minh Hoạ 03" not in page and "Chưa có cơ sở nào" in page
    assert client.get(f"/store/certificates/{owner[1].id}.pdf").status_code == 404


def test_the_paper(client, owner, monkeypatch):
    monkeypatch.setattr(storage, "get", lambda sha256: b"%PDF-1.7")
    answer = client.sign_in(owner[0]).get(f"/store/certificates/{owner[1].id}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def test_staff_have_no_stores(client, session, person):
    assert client.sign_in(person(Role.INSPECTOR)).get("/store").status_code == 403
