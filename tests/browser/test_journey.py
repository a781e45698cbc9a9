"""The whole chain in a real browser: register, application, visit, survey, review, decision, paper, shopper."""

import io
import re
import shutil
import subprocess

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.permissions import Role
from foundation import clock
from foundation.db import db
from plan.actions import load_defaults
from surveys.actions import load_default_criteria
from territory.actions import load
from tests.browser.hands import fill_in, hand_in, opened
from tests.fixtures.live import TABLET, add_person

NAME = "Siêu thị Tổng hợp và Bách hoá Hành Trình – Chi nhánh Khu đô thị phía Nam"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def staff(live_server):
    """Somebody for each step, with the reference data in place: {role: user id}."""
    with live_server.app.app_context():
        load(at=clock.now())
        load_defaults(at=clock.now())
        load_default_criteria(by=None, at=clock.now())
        people = {role: add_person(role).id for role in (
            Role.CLERK, Role.LEAD, Role.REVIEWER, Role.DECIDER, Role.VIEWER)}
        db.session.commit()
    return people


@pytest.fixture
def as_(browser, live_server, staff):
    """A page of somebody's own browser: `as_(Role.CLERK)`; without a role, a stranger's phone."""
    opened = []

    def open_page(role=None, viewport=None) -> Page:
        context = browser.new_context(viewport=viewport or TABLET, locale="vi-VN",
                                      has_touch=True, base_url=live_server.url)
        opened.append(context)
        if role:
            live_server.sign_in(context, staff[role])
        page = context.new_page()
        page.set_default_timeout(10000)
        return page

    yield open_page
    for context in opened:
        context.close()


def register(page: Page) -> str:
    """The clerk adds the store; the path of its page."""
    page.goto("/establishments/new")
    page.fill("[name=name]", NAME)
    page.select_option("[name=kind]", "sieu_thi_tong_hop")
    page.select_option("[name=recorded_class]", "2")
    page.fill("[name=area_m2]", "2.500")
    page.fill("[name=items]", "12.000")
    page.fill("[name=opened_on]", "01/03/2020")
    page.locator("details summary", has_text="Doanh nghiệp chưa có").tap()
    page.fill("[name=new_enterprise]", "Công ty TNHH Hành Trình")
    page.fill("[name=new_tax_code]", "0000000123")
    page.select_option("[name=unit]", label=page.locator("[name=unit] option", has_text="Phường Việt Trì").inner_text())
    page.fill("[name=address]", "Số 12, đường Hành Trình")
    page.locator("main form button.main").tap()
    expect(page.locator("h1")).to_contain_text(NAME)
    return page.url.split("/")[-1]


def apply(page: Page, store: str) -> str:
    """The clerk takes the application in; its path."""
    page.goto(f"/applications/new?establishment={store}")
    page.fill("[name=received_on]", clock.today().strftime("%d/%m/%Y"))
    page.fill("[name=scope_vi]", "Hoạt động bán lẻ tại cơ sở")
    page.locator("main form button.main").tap()
    expect(page.locator("h1")).to_contain_text("Hồ sơ")
    return page.url


def plan(page: Page, store: str, lead: int) -> None:
    """The head of the team plans the visit."""
    page.goto(f"/visits/new?establishment={store}&nature=certification")
    page.fill("[name=planned_on]", clock.today().strftime("%d/%m/%Y"))
    page.locator(f"[name=team][value='{lead}']").check()
    page.select_option("[name=lead]", str(lead))
    page.locator("main form button.main").tap()
    expect(page.locator("main")).to_contain_text("Bắt đầu")


def survey(page: Page, live_server) -> str:
    """The survey is started on the visit's page, filled in on the tablet, signed and handed in by hand; its id."""
    page.locator("main .js a.main", has_text="Bắt đầu").tap()
    opened(page)
    visit_id = int(page.url.split("/")[-2])
    fill_in(page, live_server, visit_id, "journey")
    hand_in(page)
    page.wait_for_url("**/receipt", timeout=30000)
    return page.url.split("/")[-2]


def decoded(pdf: bytes, folder) -> list[str]:
    """What a scanner reads from the rendered first page."""
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", folder / "paper.pdf", folder / "paper"], check=True)
    return [code.text for code in zxingcpp.read_barcodes(Image.open(folder / "paper.png"))]


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")
def test_from_the_register_to_the_shopper(as_, staff, live_server, tmp_path):
    clerk, lead, reviewer, decider = (as_(role) for role in (Role.CLERK, Role.LEAD, Role.REVIEWER, Role.DECIDER))
    store = register(clerk)
    application = apply(clerk, store)
    plan(lead, store, staff[Role.LEAD])
    survey_id = survey(lead, live_server)

    reviewer.goto("/reviews")
    reviewer.locator("a", has_text=NAME).tap()
    expect(reviewer.locator("main")).to_contain_text("82,0")
    reviewer.locator("button[value=approved]").tap()
    expect(reviewer.locator("[role=status]")).to_be_visible()

    decider.goto(application)
    decider.locator("label:has([name=outcome][value=granted])").tap()
    decider.locator("label:has([name=level_rank][value='2'])").tap()
    decider.locator("main form button.main").tap()
    expect(decider.locator("main")).to_contain_text("/GCN-SCT")
    decider.locator("main a", has_text="/GCN-SCT").first.tap()
    expect(decider).to_have_url(re.compile("/certificates/[0-9]+$"))
    paper = decider.request.get(f"{decider.url}.pdf").body()
    picture_of_it = decider.request.get(f"{decider.url}.png").body()
    [url] = decoded(paper, tmp_path)
    assert re.fullmatch(r"HTTPS://[A-Z0-9.:]+/V/[2-9A-Z]{11}", url)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture_of_it)))] == [url]

    shopper = as_(viewport=PHONE)
    shopper.goto("/" + url.split("/", 3)[3])
    expect(shopper.locator("h1")).to_have_text("Đang có hiệu lực")
    expect(shopper.locator("main")).to_contain_text(NAME)
    shopper.goto(shopper.url + "?lang=en")
    expect(shopper.locator("h1")).to_have_text("Valid")

    department = as_(Role.VIEWER)
    department.goto("/coverage/stores?state=covered")
    department.locator("main a", has_text=NAME).first.tap()
    expect(department.locator("h1")).to_contain_text(NAME)
    assert survey_id
