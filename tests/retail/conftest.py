from datetime import date

import pytest

from accounts.permissions import Role
from retail.actions import EstablishmentFacts, add_enterprise, add_establishment
from retail.rules import Kind
from tests.conftest import AT


@pytest.fixture
def clerk(person):
    return person(Role.CLERK, name="Văn thư")


@pytest.fixture
def viewer(person):
    return person(Role.VIEWER, name="Người xem")


@pytest.fixture
def enterprise(session):
    made = add_enterprise(name="Công ty Cổ phần Thử", tax_code="2600 123 456", by=None, at=AT)
    session.commit()
    return made


@pytest.fixture
def facts(enterprise, unit):
    return EstablishmentFacts(name="Siêu thị Đồng Xanh", kind=Kind.SUPERMARKET, enterprise=enterprise, unit=unit(),
                              address="Số 1, đường Thử", opened_on=date(2021, 5, 1), area_m2=2500, items=12000)


@pytest.fixture
def store(facts, session):
    made = add_establishment(facts, by=None, at=AT)
    session.commit()
    return made


@pytest.fixture
def typed(facts):
    """What somebody types into the form of a new establishment."""
    return {"name": "Siêu thị Bình Minh", "kind": Kind.SUPERMARKET, "enterprise": "2600123456",
            "unit": str(facts.unit.id), "address": "Số 2, đường Thử", "opened_on": "31/12/2020", "recorded_class": "2",
            "area_m2": "2.500", "items": "12.000", "lat": "21.322", "lon": "105,4"}
