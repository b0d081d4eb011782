"""What joins sources, health, cache and QuickBooks: one pass from reading to recorded answer."""
