"""The packaging sheet: what each line counts as, shares by units and by plastic grams (DOMAIN 5.3). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from surveys.rules.figures import share
from surveys.rules.form import ZERO, CategoryRule, FormRules, Line, Record
from surveys.rules.once import once
from surveys.rules.words import MaterialClass, Measure, SubShare

CERTIFIED = frozenset({MaterialClass.E1, MaterialClass.E2, MaterialClass.E3, MaterialClass.E5})
ECO = CERTIFIED | {MaterialClass.E4}
AVOIDED = frozenset({MaterialClass.R, MaterialClass.Z})
EXACT = Context(prec=60)  # two figures of 18 digits multiplied, and many of them added
ART_64_SINCE = date(2026, 1, 1)  # Decree 08/2022, art. 64(4): not circulated or used after 2025


class Counts(StrEnum):
    """What a line counts as, by what its papers say at the end of the period."""

    CONVENTIONAL = "conventional"  # N
    CLAIMED = "claimed"  # X: conventional, and claimed to be eco without valid proof
    EXPIRED = "expired"  # conventional, and claimed with a proof that ran out before the end of the period
    ECO = "eco"
    AVOIDED = "avoided"  # R, Z


NOTHING = dict.fromkeys(Counts, ZERO)


class WarningKind(StrEnum):
    """Why a line counts as less than it claims, or cannot be right."""

    NO_PROOF = "no_proof"  # number, holder or expiry of the certificate is missing
    NO_STATEMENT = "no_statement"  # E4 without the supplier's statement of material
    EXPIRED = "expired"
    NOT_ACCEPTED = "not_accepted"  # the set does not accept this class
    NEGATIVE = "negative"  # used is below zero


@dataclass(frozen=True)
class LineWarning:
    """What to tell about one line."""

    category: str
    material_class: MaterialClass
    kind: WarningKind


@dataclass(frozen=True)
class Used:
    """Units of one category by what they count as, and its shares."""

    rule: CategoryRule
    conventional: Decimal  # N: includes claimed and expired
    claimed: Decimal
    expired: Decimal
    eco: Decimal  # E
    avoided: Decimal  # V

    @property
    def replaced(self) -> Decimal:
        return self.eco + self.avoided

    @property
    def total(self) -> Decimal:
        return self.conventional + self.replaced

    @property
    def share(self) -> Fraction | None:
        """r_c in percent; None when nothing was used (không phát sinh)."""
        return share(self.replaced, self.total)


@dataclass(frozen=True)
class Sheet:
    """The measured sheet. Grams are of conventional plastic; shares in percent."""

    categories: tuple[Used, ...]  # those with a line or a count
    is_started: bool
    warnings: tuple[LineWarning, ...] = ()
    violates_art_64: bool = False  # whether conventional use in the period is against art. 64(4)
    counted: tuple[Used, ...] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "counted", tuple(used for used in self.categories if used.rule.in_ratio))

    @once
    def replaced_grams(self) -> Decimal:
        """Numerator of R."""
        return grams(self.counted, "replaced")

    @once
    def used_grams(self) -> Decimal:
        """Denominator of R."""
        return grams(self.counted, "total")

    @once
    def share(self) -> Fraction | None:
        """R in percent; None when nothing that counts was used."""
        return share(self.replaced_grams, self.used_grams)

    @once
    def conventional_grams(self) -> Decimal:
        """Σ N·g, what the reduction against the baseline compares."""
        return grams(self.counted, "conventional")

    @once
    def avoided_kg(self) -> Decimal:
        """Conventional plastic avoided."""
        return self.replaced_grams / 1000

    def sub_share(self, sub: SubShare) -> Fraction | None:
        """The replaced share of some categories, by grams."""
        chosen = [used for used in self.counted if used.rule.sub_share == sub]
        return share(grams(chosen, "replaced"), grams(chosen, "total"))

    @once
    def proof_share(self) -> Fraction | None:
        """E / (E + X + expired) by grams: how much of what is claimed eco has valid proof (rule 10)."""
        return share(grams(self.counted, "eco"), grams(self.counted, "eco", "claimed", "expired"))

    def measure(self, measure: Measure) -> Fraction | None:
        """What a computed criterion takes from the sheet, in percent; None when there is nothing to measure."""
        if measure == Measure.OVERALL:
            return self.share
        if measure == Measure.PROOF:
            return self.proof_share
        return self.sub_share(SubShare(measure.value))


def grams(categories: Iterable[Used], *amounts: str) -> Decimal:
    """Σ of these amounts of the categories, each weighed by its plastic per unit; exact however large."""
    with localcontext(EXACT):
        return sum((getattr(used, amount) * used.rule.grams for used in categories for amount in amounts), ZERO)


def used_of(line: Line) -> Decimal:
    """Opening stock + purchases − closing stock − returns; below zero is a mistake in the sheet."""
    return line.opening + line.purchased - line.closing - line.returned


def judge(line: Line, period_to: date | None, accepted: frozenset[MaterialClass]) -> tuple[Counts, WarningKind | None]:
    """What a line counts as, and why it is less than it claims.

    A proof that runs to the last day of the period is valid. Before the period is known none has expired.
    """
    claim = line.material_class
    if claim in AVOIDED:
        return Counts.AVOIDED, None
    if claim not in ECO:
        return (Counts.CLAIMED if claim == MaterialClass.X else Counts.CONVENTIONAL), None
    if claim not in accepted:
        return Counts.CLAIMED, WarningKind.NOT_ACCEPTED
    if claim == MaterialClass.E4:
        return (Counts.ECO, None) if line.has_statement else (Counts.CLAIMED, WarningKind.NO_STATEMENT)
    if not (line.proof_number and line.proof_holder and line.proof_expires_on):
        return Counts.CLAIMED, WarningKind.NO_PROOF
    if period_to and line.proof_expires_on < period_to:
        return Counts.EXPIRED, WarningKind.EXPIRED
    return Counts.ECO, None


def counted_at_checkout(record: Record) -> Decimal:
    """V of the category that takes the count: receipts × (own bag + no bag) / 100, once 100 customers are counted."""
    if record.tally is None or not record.tally.is_complete or not record.receipts:
        return ZERO
    return Decimal(record.receipts) * (record.tally.own + record.tally.none) / 100


def measure_sheet(rules: FormRules, record: Record) -> Sheet:
    """Judge every line and add up each category. A line below zero counts as nothing and is warned about."""
    sums: dict[str, dict[Counts, Decimal]] = {}
    warnings = []
    for line in record.lines:
        counts, kind = judge(line, record.period_to, rules.accepted)
        used = used_of(line)
        if used < 0:
            kind, used = WarningKind.NEGATIVE, ZERO
        if kind:
            warnings.append(LineWarning(line.category, line.material_class, kind))
        amounts = sums.setdefault(line.category, NOTHING.copy())
        amounts[counts] += used
    own = counted_at_checkout(record)
    for rule in rules.categories:
        if rule.takes_tally and own:
            sums.setdefault(rule.code, NOTHING.copy())[Counts.AVOIDED] += own
    return Sheet(
        categories=tuple(_used(rule, sums[rule.code]) for rule in rules.categories if rule.code in sums),
        is_started=bool(sums),
        warnings=tuple(sorted(warnings, key=lambda w: (w.category, w.material_class, w.kind))),
        violates_art_64=record.period_to is not None and record.period_to >= ART_64_SINCE,
    )


def _used(rule: CategoryRule, sums: dict[Counts, Decimal]) -> Used:
    claimed, expired = sums[Counts.CLAIMED], sums[Counts.EXPIRED]
    return Used(rule, conventional=sums[Counts.CONVENTIONAL] + claimed + expired, claimed=claimed, expired=expired,
                eco=sums[Counts.ECO], avoided=sums[Counts.AVOIDED])


def reduction(conventional_grams: Decimal, receipts: int, base_grams: Decimal, base_receipts: int) -> Fraction | None:
    """D: how much conventional plastic per receipt fell against the baseline sheet, in percent; below 0 it rose.

    None when a sheet has no receipts or the baseline used none.
    """
    if not receipts or not base_receipts or not base_grams:
        return None
    now = Fraction(conventional_grams) / receipts
    return (1 - now / (Fraction(base_grams) / base_receipts)) * 100
