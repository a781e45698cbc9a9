"""Where files were taken against where the store stands."""

from decimal import Decimal

from retail.rules import store_address
from surveys.queries.store_codes import codes_of
from surveys.rules.places import distance
from tests.surveys.test_show_survey import attach


def test_metres_between_two_positions():
    here = Decimal("21.322"), Decimal("105.402")
    assert distance(*here, *here) == 0
    assert distance(*here, Decimal("21.331"), Decimal("105.402")) == 1001  # a hundredth of a degree north is 1,112 m
    assert distance(Decimal(0), Decimal(179), Decimal(0), Decimal(-179)) == 222_390


def test_the_codes_of_a_store(establishment):
    store = establishment()
    assert codes_of(store, "xanh.example.vn") == {
        store.number: store.number, store_address("xanh.example.vn", store.id).upper(): store.number}


def test_the_record_says_where_or_why_not(client, survey, inspector, session):
    store = survey.establishment
    store.locations[0].lat, store.locations[0].lon = Decimal("21.322"), Decimal("105.402")
    attach(survey, inspector, caption="Quầy rau", lat=Decimal("21.3221"), lon=Decimal("105.402"), accuracy_m=8)
    attach(survey, inspector, caption="Nơi khác", lat=Decimal("21.331"), lon=Decimal("105.402"), accuracy_m=30)
    below = attach(survey, inspector, caption="Kho hầm")
    below.place_reason, below.store_code = "basement", store.number
    other = attach(survey, inspector, caption="Mã lạ")
    other.place_reason, other.store_code = "denied", "CS-999999"
    session.commit()
    page = client.sign_in(inspector).get(f"/surveys/{survey.id}").text
    names = ("Quầy rau", "Nơi khác", "Kho hầm", "Mã lạ")
    tiles = {name: page[page.index(name):].partition("</li>")[0] for name in names}
    assert "cách cơ sở 11 m" in tiles["Quầy rau"] and "warn" not in tiles["Quầy rau"]
    assert "cách cơ sở 1.001 m" in tiles["Nơi khác"] and "warn" in tiles["Nơi khác"]
    assert "Trong tầng hầm, không có tín hiệu" in tiles["Kho hầm"] and store.number in tiles["Kho hầm"]
    assert "mã của cơ sở này" in tiles["Kho hầm"] and "warn" not in tiles["Kho hầm"]
    assert "chưa được phép" in tiles["Mã lạ"] and "không phải mã của cơ sở này" in tiles["Mã lạ"]
