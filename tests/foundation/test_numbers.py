import threading

from foundation.db import db
from foundation.numbers import FOREVER, NumberSeries, next_number, take_numbers


def test_numbers_follow_each_other_in_each_series_and_year(session):
    assert [next_number("QD", 2026), next_number("QD", 2026), next_number("QD", 2027)] == [1, 2, 1]
    assert take_numbers("CS-T", FOREVER, 3) == range(1, 4)
    assert next_number("CS-T", FOREVER) == 4


def test_a_rollback_gives_the_number_back(session):
    next_number("QD", 2026)
    session.commit()
    next_number("QD", 2026)
    session.rollback()
    assert next_number("QD", 2026) == 2


def test_no_two_get_the_same_at_once(app):
    """Real connections, without the tests' savepoints: eight threads, five numbers each."""
    got: list[int] = []

    def take():
        with app.app_context():
            for _ in range(5):
                got.append(next_number("parallel", 2026))
                db.session.commit()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert sorted(got) == list(range(1, 41))
    finally:
        with app.app_context():
            db.session.query(NumberSeries).filter_by(series="parallel").delete()
            db.session.commit()
