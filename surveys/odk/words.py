"""The words of an XLSForm that are not the criteria set's own, in both languages at once. Pure."""

from typing import NamedTuple


class Words(NamedTuple):
    """A text in Vietnamese and English."""

    vi: str
    en: str


def text_bound(most: int) -> Words:
    """What a text may be."""
    return Words(f"Tối đa {most} ký tự.", f"At most {most} characters.")


def whole_bound(least: int, most: int) -> Words:
    """What a whole number may be."""
    return Words(f"Số nguyên từ {least} đến {dotted(most)}.", f"A whole number from {least} to {most:,}.")


def size_bound(most: int, unit: str) -> Words:
    """What a measured size may be."""
    return Words(f"Số lớn hơn 0 và không quá {dotted(most)} {unit}.", f"A number above 0 and at most {most:,} {unit}.")


def dotted(number: int) -> str:
    """Thousands apart as Vietnamese does it."""
    return f"{number:,}".replace(",", ".")


W = Words
NOTHING = Words("", "")
REQUIRED = W("Cần trả lời câu này.", "This needs an answer.")
YES, NO = W("Có", "Yes"), W("Không", "No")
NA = W("Không áp dụng", "Not applicable")
NA_REASON = W("Lý do không áp dụng", "Why it does not apply")
PART = W("Phần đạt (tử số)", "Part (numerator)")
WHOLE = W("Tổng số (mẫu số)", "Whole (denominator)")
PART_BOUND = W("Phần đạt từ 0 đến bằng tổng số.", "The part is from 0 up to the whole.")
WHOLE_BOUND = W("Tổng số lớn hơn 0 và không nhỏ hơn phần đạt.", "The whole is above 0 and not smaller than the part.")
AMOUNT_BOUND = W("Số không âm.", "A number not below zero.")
PHOTO = W("Ảnh minh chứng", "Photo as evidence")
PHOTO_NEEDED = W("Câu trả lời này cần ảnh minh chứng.", "This answer needs a photo as evidence.")
PAPER_FILE = W("Hồ sơ minh chứng (tệp PDF)", "Document as evidence (PDF file)")
PAPER_PHOTO = W("Hoặc ảnh chụp hồ sơ", "Or a photo of the document")
PAPER_NEEDED = W("Câu trả lời này cần hồ sơ minh chứng: một tệp PDF hoặc một ảnh chụp.",
                 "This answer needs a document as evidence: a PDF file or a photo of it.")
FILE_BOUND = W("Mỗi tệp tối đa 30 MB.", "At most 30 MB a file.")
NOTE = W("Ghi chú", "Note")
EVIDENCE = W("Minh chứng", "Evidence")
BASIS = W("Căn cứ", "Basis")
WHEN_NA = W("Không áp dụng khi", "Not applicable when")
MUST = W("bắt buộc", "must")
POINTS = W("điểm", "points")

SITE = W("Cơ sở", "Establishment")
ESTABLISHMENT = W("Mã cơ sở trong danh bạ", "Number of the establishment in the register")
ESTABLISHMENT_HINT = W("Ví dụ CS-000123.", "Such as CS-000123.")
ESTABLISHMENT_BOUND = W("Viết mã như CS-000123: CS, gạch nối, ít nhất sáu chữ số.",
                        "Write it as CS-000123: CS, a hyphen, at least six digits.")
ESTABLISHMENT_CHOICE = W("Cơ sở", "Establishment")
KIND = W("Loại hình", "Type")
PLACE = W("Vị trí", "Position")
PLACE_HINT = W("Ở tầng hầm không bắt được vị trí thì bỏ qua.", "In a basement without a position, leave it out.")

SHEET = W("Phiếu đo thay thế bao bì nhựa", "Packaging sheet")
SHEET_KEPT = W("Có số liệu bao bì để ghi vào phiếu đo?", "Are there figures of packaging for the sheet?")
PERIOD_FROM = W("Kỳ đo từ ngày", "Period from")
PERIOD_FROM_BOUND = W("Kỳ đo bắt đầu từ ngày 1 của một tháng.", "The period begins on the first day of a month.")
PERIOD_TO = W("Kỳ đo đến ngày", "Period to")
PERIOD_TO_HINT = W("Ngày cuối của 3 hoặc 12 tháng tròn.", "The last day of 3 or 12 whole months.")
PERIOD_TO_BOUND = W("Kỳ đo gồm 3 hoặc 12 tháng tròn, kết thúc sau ngày bắt đầu, vào ngày cuối tháng.",
                    "The period has 3 or 12 whole months and ends after its first day, on the last day of a month.")
COUNT_METHOD = W("Cách thống kê", "Way of counting")
COUNTED_BY = W("Người thống kê", "Counted by")
RECEIPTS = W("Số hóa đơn bán hàng trong kỳ", "Sales receipts in the period")
FLOOR_AREA = W("Diện tích kinh doanh (m²)", "Business area (m²)")
TALLY_DONE = W("Có đếm 100 khách liên tiếp tại quầy thu ngân?", "Were 100 customers in a row counted at the checkout?")
TALLY = W("Đếm 100 khách", "Count of 100 customers")
TALLY_SIDES = {
    "plastic": W("Số khách dùng túi ni lông", "Customers with a plastic bag"),
    "eco": W("Số khách dùng túi thân thiện môi trường", "Customers with an eco-friendly bag"),
    "own": W("Số khách mang túi của mình", "Customers with their own bag"),
    "none": W("Số khách không dùng túi", "Customers without a bag"),
}
TALLY_TOTAL = W("Bốn số cộng lại phải đúng 100 khách.", "The four numbers add up to exactly 100 customers.")
LINES = W("Dòng của phiếu đo", "Lines of the sheet")
LINES_HINT = W("Mỗi loại bao bì và lớp vật liệu một dòng.", "One line for each packaging and material class.")
CATEGORY = W("Loại bao bì", "Packaging")
CLASS = W("Lớp vật liệu", "Material class")
LINE_TWICE = W("Loại bao bì và lớp vật liệu này đã có dòng khác: cộng số liệu vào một dòng rồi xóa dòng kia.",
               "This packaging and class stands on another line already: add the figures up on one line and delete "
               "the other.")
AMOUNTS = {
    "opening": W("Tồn đầu kỳ", "Opening stock"), "purchased": W("Mua trong kỳ", "Purchased in the period"),
    "closing": W("Tồn cuối kỳ", "Closing stock"), "returned": W("Trả lại", "Returned"),
}
STOCK_BOUND = W("Tồn cuối kỳ và trả lại không lớn hơn tồn đầu kỳ cộng mua trong kỳ.",
                "Closing stock and returns are not larger than opening stock and purchases together.")
PROOF_HINT = W("Thiếu số, tên đơn vị hoặc ngày hết hạn thì tính là nhựa thông thường.",
               "Without number, holder or last day it counts as conventional plastic.")
PROOF_NUMBER = W("Số giấy chứng nhận", "Number of the certificate")
PROOF_HOLDER = W("Đơn vị được chứng nhận", "Holder of the certificate")
PROOF_EXPIRES = W("Ngày hết hạn", "Valid until")
STATEMENT = W("Có bản công bố vật liệu của nhà cung ứng?", "Is there the supplier's statement of material?")
LINE_PHOTO = W("Ảnh bao bì", "Photo of the packaging")

BAGS = W("Đo túi tại quầy", "Measurement of bags")
BAGS_MEASURED = W("Có đo mẫu túi nào?", "Was any bag measured?")
BAG_LABEL = W("Tên mẫu túi", "Name of the bag")
WIDTH = W("Chiều rộng (cm)", "Width (cm)")
HEIGHT = W("Chiều cao (cm)", "Height (cm)")
READING = W("Độ dày, lần đo {n} (µm)", "Thickness, reading {n} (µm)")
HARD = W("Túi làm từ nhựa khó phân hủy?", "Is the bag of plastic that is hard to degrade?")
PREPACK = W("Túi đóng gói sẵn hàng hóa trước khi bán?", "Does the bag pack goods before sale?")
VERDICTS = {  # surveys.rules.bags.Verdict
    "banned": W("Trung bình ${bag_mean} µm: thuộc Điều 64.", "Mean ${bag_mean} µm: falls under article 64."),
    "allowed": W("Không thuộc Điều 64.", "Outside article 64."),
    "measure_again": W("Các lần đo nằm hai bên 50 µm: đo lại.", "Readings on both sides of 50 µm: measure again."),
}

MORE = W("Minh chứng khác", "More evidence")
MORE_ASK = W("Có ảnh hoặc hồ sơ nào khác?", "Are there more photos or documents?")
ABOUT = W("Về nội dung nào", "What it is about")
ABOUT_NONE = W("Toàn bộ cơ sở", "The whole establishment")
EVIDENCE_KIND = W("Là ảnh hay hồ sơ", "Photo or document")
EVIDENCE_PHOTO = W("Ảnh", "Photo")
EVIDENCE_FILE = W("Tệp PDF", "PDF file")
CAPTION = W("Chú thích", "Caption")

ENDING = W("Kết thúc", "Closing")
REMARKS = W("Nhận xét của đoàn", "Remarks of the team")
STORE_REMARKS = W("Ý kiến của cơ sở", "Remarks of the store")
TEAM_TITLE = W("Chức vụ người ký thay mặt đoàn", "Post of the signer for the team")
STORE_TITLE = W("Chức vụ người ký thay mặt cơ sở", "Post of the signer for the store")
TEAM_SIGNATURE = W("Chữ ký thay mặt đoàn", "Signature for the team")
STORE_SIGNS = W("Đại diện cơ sở ký phiếu?", "Does the store sign?")
STORE_REFUSED = W("Lý do không ký", "Reason for not signing")
STORE_SIGNATURE = W("Chữ ký thay mặt cơ sở", "Signature for the store")

SCORE = W("Điểm tạm tính", "Provisional score")
TOTAL = W("**${total}** / ${applicable} điểm. Mức đạt được: **${level}** (0 là chưa đạt mức nào).",
          "**${total}** of ${applicable} points. Level reached: **${level}** (0 is none yet).")
OFFICIAL = W("Điểm chính thức do hệ thống Phân phối xanh tính khi nhận phiếu.",
             "The official score is what Phân phối xanh computes when it takes the survey in.")
MUSTS_OPEN = W("Tiêu chí bắt buộc chưa đạt: ${musts_open}.", "Musts not met: ${musts_open}.")
RATIO = W("Tỷ lệ thay thế chung R: ${ratio} %.", "Overall replaced share R: ${ratio} %.")
GAPS = W("Còn ${gaps} tiêu chí chưa trả lời.", "${gaps} criteria are without an answer.")
BAG_CONTRADICTS = W("Có mẫu túi thuộc Điều 64 nhưng câu trả lời là Có: xem lại.",
                    "A measured bag falls under article 64, yet the answer is yes: look again.")
MEASURED = W("lấy từ phiếu đo: ${{value_{code}}} %, ${{points_{code}}} / {weight} điểm",
             "taken from the sheet: ${{value_{code}}} %, ${{points_{code}}} of {weight} points")
