"""What the console costs: measured in one run, told as ratios to something simple measured beside it."""
