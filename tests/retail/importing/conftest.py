from io import BytesIO

import pytest

from accounts.permissions import Role
from foundation import storage
from retail.importing import uploads
from retail.importing.lookups import load_places
from retail.importing.previews import Preview
from retail.models import Establishment
from territory import actions as territory
from tests.conftest import AT


@pytest.fixture
def province(session):
    """The whole map of the province, of all times."""
    territory.load(at=AT)
    session.commit()


@pytest.fixture
def places(province):
    return load_places(AT.date())


@pytest.fixture
def clerk(person, province):
    return person(Role.CLERK, name="Văn thư")


@pytest.fixture
def upload(session, clerk):
    """Upload a list: `started, rows = upload(content)`; rows by line."""

    def send(content, name="danh-sach.xlsx", by=None):
        started = uploads.upload(content, name, by=by or clerk, at=AT)
        session.commit()
        return started, rows_of(started)

    return send


@pytest.fixture
def take(session, clerk, upload):
    """Upload and confirm a list."""

    def send(content, name="danh-sach.xlsx"):
        started, _rows = upload(content, name)
        assert uploads.confirm(started, started.plan_sha256, by=clerk, at=AT)
        session.commit()
        return started

    return send


@pytest.fixture
def post(client, clerk):
    """Send a file through the page."""

    def send(content, name="danh-sach.xlsx", **kwargs):
        return client.sign_in(clerk).post("/establishments/import", data={"file": (BytesIO(content), name)},
                                          content_type="multipart/form-data", **kwargs)

    return send


def rows_of(started):
    """Line → row of the preview."""
    return {row.line: row for row in Preview(storage.get(started.plan_sha256)).rows()}


def register(session):
    """What the register holds, without numbers and times: name → facts."""
    return {(one.name, one.locations[-1].address): (
        one.kind, one.recorded_class, one.area_m2, one.items, one.branch_code, one.opened_on, one.contact_phone,
        one.note,
        one.enterprise.name, one.enterprise.tax_code, one.locations[-1].unit.name, one.locations[-1].valid_from,
        [(span.status, span.valid_from, span.valid_to) for span in one.statuses])
        for one in session.scalars(session.query(Establishment).statement)}
