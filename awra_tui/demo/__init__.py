"""The demo: an invented company, with a simulated QuickBooks as a child process."""
