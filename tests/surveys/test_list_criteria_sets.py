from accounts.permissions import Role
from surveys.actions import copy_criteria_set, load_default_criteria
from tests.conftest import AT


def test_without_a_set_it_says_what_to_do(client, person):
    page = client.sign_in(person(Role.ADMIN)).get("/criteria?lang=en").text
    assert "There is no criteria set yet." in page
    assert "load-criteria" in page


def test_each_version_with_its_state(session, client, person):
    default = load_default_criteria(by=None, at=AT)
    copy_criteria_set(default, version="1.1", by=None, at=AT)
    session.commit()
    page = client.sign_in(person(Role.INSPECTOR)).get("/criteria?lang=en").text
    assert page.index("PT-PPBV 1.1") < page.index("PT-PPBV 1.0")
    assert "Draft" in page and "Published" in page
    assert "default, awaiting approval by the department" in page
    assert "Import a workbook" not in page


def test_statements_do_not_grow(session, client, person, count_statements):
    default = load_default_criteria(by=None, at=AT)
    client.sign_in(person(Role.ADMIN))
    with count_statements() as few:
        client.get("/criteria")
    for number in range(5):
        copy_criteria_set(default, version=f"2.{number}", by=None, at=AT)
    session.commit()
    with count_statements() as many:
        client.get("/criteria")
    assert len(many) == len(few)


def test_a_viewer_may_not(client, person):
    assert client.sign_in(person(Role.VIEWER)).get("/criteria").status_code == 403
