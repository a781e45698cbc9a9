"""How far it reaches: coverage as of a date, against the plan's targets."""
