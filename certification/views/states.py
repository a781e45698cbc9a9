"""The words for what a code stands for: band, icon, title, one line below it, and what it means (DOMAIN 4, row 18)."""

from dataclasses import dataclass

from flask_babel import gettext as _

from certification.lookup import Finding
from certification.rules import LENGTH
from certification.rules import CertificateState as S
from foundation.i18n import day


@dataclass(frozen=True)
class Words:
    """One outcome. `kind` is a band of the style sheet: ok, warn, off, none."""

    kind: str
    icon: str
    title: str
    lead: str
    meaning: str = ""


def describe(found: Finding) -> Words:
    """Words for a certificate that exists."""
    since = day(found.since)
    until = day(found.valid_until)
    return {
        S.VALID: lambda: Words("ok", "ok-o", _("Valid"), _("until the end of %(day)s", day=until)),
        S.NOT_YET_VALID: lambda: Words(
            "off", "clock", _("Not yet valid"), _("It becomes valid on %(day)s.", day=day(found.valid_from)),
            _("The certificate has been decided. The mark may be used from that day on.")),
        S.SUSPENDED: lambda: Words(
            "warn", "pause", _("Suspended"), _("since %(day)s. Not valid at present.", day=since),
            _("The certificate has not been withdrawn, but the store may not use the mark until it is reinstated.")),
        S.WITHDRAWN: lambda: Words(
            "off", "x", _("Withdrawn"), _("since %(day)s. No longer valid.", day=since),
            _("The Department took this certificate back. The mark at the door no longer counts.")),
        S.TERMINATED: lambda: Words(
            "off", "x", _("Ended at the store's request"), _("since %(day)s. No longer valid.", day=since),
            _("The store gave this certificate up. The mark at the door no longer counts.")),
        S.SUPERSEDED: lambda: Words(
            "off", "swap", _("Replaced by a newer one"), _("since %(day)s by a newer certificate", day=since)),
        S.EXPIRED: lambda: Words(
            "off", "clock", _("Expired"), _("on %(day)s. No longer valid.", day=until),
            _("The store was certified once. The term has run out, and there is no newer certificate.")),
    }[found.state]()


def describe_unknown(malformed: bool) -> Words:
    """Words for a code that stands for nothing."""
    if malformed:
        return Words("none", "stop", _("This is not a code of ours"),
                     _("Our codes have %(length)s letters and digits.", length=LENGTH))
    return Words("none", "ask", _("This code is not known"), _("No certificate carries this code."))
