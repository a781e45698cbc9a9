"""Words of the survey. Pure."""

from enum import StrEnum


class AnswerType(StrEnum):
    BOOL = "bool"  # yes or no
    SCALE4 = "scale4"  # 0 to 4, each with its anchor
    PERCENT = "percent"  # numerator and denominator, entered
    COUNT = "count"  # a whole number, in bands
    COMPUTED = "computed"  # taken from the packaging sheet, never typed


class Applies(StrEnum):
    ALL = "ALL"
    STORES = "ST"  # everything but trade centres
    TRADE_CENTRES = "TTTM"


class Measure(StrEnum):
    """What a computed criterion takes from the sheet (DOMAIN 5.3)."""

    OVERALL = "overall"  # R
    CHECKOUT = "checkout"
    FRESH = "fresh"
    TABLEWARE = "tableware"
    PROOF = "proof"  # E / (E + X + expired), by plastic grams


class Instrument(StrEnum):
    """A measuring page of its own that backs a criterion."""

    BAGS = "bags"  # the bag measurement of art. 64
    SHEET = "sheet"  # the packaging sheet


class SubShare(StrEnum):
    CHECKOUT = "checkout"  # P01
    FRESH = "fresh"  # P02–P06, P14
    TABLEWARE = "tableware"  # P09–P13
    BOXES = "boxes"  # P07, P08


class MaterialClass(StrEnum):
    N = "N"  # single-use or hard-to-degrade plastic, or undocumented
    X = "X"  # self-declared "degradable", no certificate
    E1 = "E1"  # biodegradable with a valid NSTVN 01:2023
    E2 = "E2"  # recycled 20 % or more with a valid NSTVN
    E3 = "E3"  # recognised under TT 07/2012
    E4 = "E4"  # no plastic
    E5 = "E5"  # industrially compostable, international certificate
    R = "R"  # reusable
    Z = "Z"  # no packaging at all


class Nature(StrEnum):
    """Why a visit is made (DOMAIN 1.8)."""

    PLANNED = "planned"  # khảo sát theo kế hoạch
    CERTIFICATION = "certification"  # đánh giá chứng nhận
    SURVEILLANCE = "surveillance"  # giám sát sau chứng nhận
    COMPLAINT = "complaint"  # xác minh phản ánh
    FOLLOW_UP = "follow_up"  # khảo sát lại điểm không phù hợp


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class PlaceReason(StrEnum):
    """Why a photo has no position."""

    BASEMENT = "basement"  # no signal, said by the person
    DENIED = "denied"  # the browser may not tell it
    UNAVAILABLE = "unavailable"  # the device found none in time
    OFF = "off"  # the device or the page cannot measure one


class CountMethod(StrEnum):
    RECORDS = "records"  # purchase records
    COUNT = "count"
    BOTH = "both"


class Side(StrEnum):
    TEAM = "team"
    STORE = "store"


class ReviewOutcome(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"
    SET_ASIDE = "set_aside"  # another survey of the visit was chosen


class SurveyState(StrEnum):
    """Derived: not submitted, sealed and on its way, complete and waiting, or what the last review said."""

    DRAFT = "draft"
    MOVED = "moved"  # goes on as another survey, on a newer criteria set
    TAKEN_BACK = "taken_back"  # the same, but its tablet cannot send them: it went on as another survey
    ARRIVING = "arriving"  # the record is here, some of its files are not yet
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    SET_ASIDE = "set_aside"
