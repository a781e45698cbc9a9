"""Calculations within the repeats: one line of the packaging sheet, one measured bag. Pure."""

from collections.abc import Iterable

from surveys.odk.xpath import HALF, Calculation, day_number, looked_up
from surveys.rules.content import SetContent
from surveys.rules.words import MaterialClass, Measure, SubShare

CERTIFIED = (MaterialClass.E1, MaterialClass.E2, MaterialClass.E3, MaterialClass.E5)
COUNTS = ("if(${line_role} = 'statement', if(${has_statement} = 'yes', 'eco', 'claimed'), "
          "if(${line_role} = 'certified', "
          "if(normalize-space(${proof_number}) = '' or normalize-space(${proof_holder}) = '' "
          "or ${proof_expires_on} = '', 'claimed', "
          f"if(${{period_to}} != '' and {day_number('proof_expires_on')} < {day_number('period_to')}, "
          "'expired', 'eco')), ${line_role}))")
STOCK = "coalesce(${opening}, 0) + coalesce(${purchased}, 0) - coalesce(${closing}, 0) - coalesce(${returned}, 0)"


def role_of(material: MaterialClass, accepted: Iterable[MaterialClass]) -> str:
    """What a class counts as, or which papers decide it: a column of the choices."""
    if material in (MaterialClass.R, MaterialClass.Z):
        return "avoided"
    if material == MaterialClass.N:
        return "conventional"
    if material not in accepted:
        return "claimed"
    return "certified" if material in CERTIFIED else "statement"


def of_line(content: SetContent) -> list[Calculation]:
    """Within a line: what it counts as, units used and their plastic in grams by what is measured (DOMAIN 5.3).

    A line that is not begun counts as nothing: Enketo shows an empty one at once.
    """
    begun = "if(${sheet_kept} = 'yes' and ${category} != '' and ${class} != '', 1, 0)"
    grams = f"${{line_used}} * number({looked_up('categories', 'category', 'weight')})"
    measured = [("line_grams", f"if(${{line_begun}} = 1, {grams}, 0)"),
                ("line_replaced", "if(${line_counts} = 'eco' or ${line_counts} = 'avoided', ${line_grams}, 0)"),
                ("line_eco", "if(${line_counts} = 'eco', ${line_grams}, 0)"),
                ("line_claimed", "if(${line_counts} = 'claimed' or ${line_counts} = 'expired', ${line_grams}, 0)")]
    for sub in subs_of(content):
        belongs = f"{looked_up('categories', 'category', 'sub')} = '{sub}'"
        measured += [(f"line_grams_{sub}", f"if(${{line_begun}} = 1, if({belongs}, ${{line_grams}}, 0), 0)"),
                     (f"line_replaced_{sub}", f"if(${{line_begun}} = 1, if({belongs}, ${{line_replaced}}, 0), 0)")]
    role = f"if(${{class}} = '', '', {looked_up('classes', 'class', 'role')})"
    return [("line_begun", begun), ("line_role", role), ("line_counts", COUNTS),
            ("line_used", f"if({STOCK} < 0, 0, {STOCK})"), *measured]


def subs_of(content: SetContent) -> list[SubShare]:
    """The parts of the sheet that some criterion is measured by."""
    whole = (None, Measure.OVERALL, Measure.PROOF)
    return sorted({SubShare(c.measure.value) for c in content.criteria if c.measure and c.measure not in whole})


MEAN = "(${reading_1_um} + ${reading_2_um} + ${reading_3_um} + ${reading_4_um} + ${reading_5_um}) div 5"


def of_bag() -> list[Calculation]:
    """Mean thickness of five readings, and what article 64 says (DOMAIN 5.2, rule 11)."""
    readings = [f"${{reading_{number}_um}}" for number in range(1, 6)]
    unread = " or ".join(f"{reading} = ''" for reading in readings)
    below = " or ".join(f"{reading} < 50" for reading in readings)
    above = " or ".join(f"{reading} > 50" for reading in readings)
    outside = ("${prepack} = 'yes' or ${hard_to_degrade} = 'no' or coalesce(${width_cm}, 0) >= 50 "
               "or coalesce(${height_cm}, 0) >= 50")
    lacking = "${width_cm} = '' or ${height_cm} = '' or ${hard_to_degrade} = '' or ${prepack} = ''"
    mean = f"if({unread}, '', int(({MEAN}) * 10 + {HALF}) div 10)"
    verdict = (f"if({outside}, 'allowed', if({lacking} or {unread}, 'incomplete', "
               f"if(({below}) and ({above}), 'measure_again', if({MEAN} < 50, 'banned', 'allowed'))))")
    return [("bag_mean", mean), ("bag_verdict", verdict), ("bag_banned", "if(${bag_verdict} = 'banned', 1, 0)")]
