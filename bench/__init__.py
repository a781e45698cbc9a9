"""Performance as ratios in one run against a floor each benchmark brings itself; never timed tests."""
