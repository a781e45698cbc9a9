"""Pure calculations of coverage (DOMAIN 5.4): what an establishment is on a day, and what many add up to."""

from progress.rules.coverage import Assessed, Coverage, assess
from progress.rules.stores import AsOf, Paper, PaperEvent, Sheet, Span, Standing, Store, standing
from progress.rules.targets import Goal, gap, goal, line_on, needed, pace, threshold_of

__all__ = ["AsOf", "Assessed", "Coverage", "Goal", "Paper", "PaperEvent", "Sheet", "Span", "Standing", "Store",
           "assess", "gap", "goal", "line_on", "needed", "pace", "standing", "threshold_of"]
