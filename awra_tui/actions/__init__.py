"""Each verb once: what a key does, a command does by the same function."""
