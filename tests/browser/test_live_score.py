"""The provisional score and what is missing follow every answer at once, with the network off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import opened, tap


@pytest.fixture
def form(page: Page, new_survey, live_server, context):
    """The open form of an empty survey, from which the network is then taken."""
    survey_id, user_id = new_survey()
    live_server.sign_in(context, user_id)
    page.goto(f"{live_server.url}/surveys/{survey_id}/edit")
    opened(page)
    page.set_default_timeout(5000)
    expect.set_options(timeout=5000)
    context.set_offline(True)
    return page


def test_the_score_follows_without_a_network(form):
    total, missing = form.locator(".total [data-total]"), form.locator("[data-to-missing] [data-missing]")
    expect(total).to_have_text("0,00")
    before = int(missing.inner_text())
    tap(form, "answers.A5.yes", "false")
    expect(form.locator("#A5 .lack")).to_be_hidden()
    expect(missing).to_have_text(str(before - 1))
    tap(form, "answers.A5.yes", "true")
    expect(form.locator("#A5 [data-points]")).to_have_text("2,00")
    expect(form.locator("#A5 .lack")).to_contain_text("tài liệu")  # a claim needs its paper
    form.fill("[name='answers.A6.numerator']", "41")
    form.fill("[name='answers.A6.denominator']", "50")
    expect(form.locator("#A6 [data-points]")).to_have_text("3,64")
    expect(total).to_have_text("5,64")
    form.fill("[name='answers.A6.denominator']", "năm mươi")
    expect(total).to_have_text("2,00")
