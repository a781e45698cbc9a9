"""Pure calculations of the survey: words, scoring, the packaging sheet, the bag measurement."""
