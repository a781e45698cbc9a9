import json
import logging
import sys

from foundation.logs import JsonLines


def format_record(message="hello", **extra):
    record = logging.LogRecord("ppx", logging.INFO, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    return json.loads(JsonLines().format(record))


def test_a_line_is_json_with_its_request(house):
    with house.test_request_context("/"):
        line = format_record("xin chào", facts={"status": 200})
    assert line["message"] == "xin chào"
    assert line["status"] == 200
    assert line["level"] == "info"
    assert len(line["request"]) == 12
    assert "request" not in format_record()


def test_a_failure_brings_its_trace():
    try:
        raise ValueError("bad")
    except ValueError:
        line = format_record(exc_info=sys.exc_info())
    assert "ValueError: bad" in line["trace"]


def test_requests_are_logged_without_what_was_typed(production, caplog):
    caplog.set_level(logging.INFO, "ppx.requests")
    answer = production().test_client().get("/people/7?q=Nguyen+An", base_url="https://ppx.vidu.vn")
    facts = [record.facts for record in caplog.records if record.name == "ppx.requests"]
    assert facts[0]["route"] == "/people/<int:user_id>"
    assert facts[0]["status"] == answer.status_code
    assert "Nguyen" not in str(facts)
