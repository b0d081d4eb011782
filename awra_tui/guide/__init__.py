"""The guide: the same pages in the console, on the command line and in ``docs/guide``."""
