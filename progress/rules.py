"""Pure calculations of coverage."""
