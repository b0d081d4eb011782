"""Invented names of customers, in a module that imports nothing: the minimal program shows them too."""

_PLAIN = ("Baraka", "Tumaini", "Upendo", "Imani", "Amani", "Neema", "Furaha", "Bahati", "Rehema", "Salama")
_RARE = ("Zawadi", "Qadiri", "Xenia")
_TRADES = ("Stores", "Supplies", "Hotels", "Clinic", "School", "Farm")

RARE = {name[0].lower(): name for name in _RARE}
"""Letters that stand in few names and in nothing else that is searched, and the name each is found in."""

PARTIES = tuple(
    f"{name} {trade} {place}" for place in range(1, 4) for name in (*_PLAIN, *_RARE) for trade in _TRADES
)
"""Names of customers; every record has one by its place."""
