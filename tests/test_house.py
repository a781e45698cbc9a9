from accounts.permissions import Role


def test_the_tables_take_rows(session, establishment, person):
    assert establishment().id
    assert person(Role.CLERK).may("edit the register")


def test_an_unknown_page_says_so(client):
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
