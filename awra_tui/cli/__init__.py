"""The command line: a second door to the same actions, and a contract for scripts."""
