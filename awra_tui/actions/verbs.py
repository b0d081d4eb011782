"""What the verbs of decisions are called where people read them."""

from awra_tui.cache.store.decisions import Decision

UNDO = "undo "
"""Before the verb of what a decision took back."""
WORDS = {
    "accept": "accepted what QuickBooks has",
    "accept deletions": "took what the source lacks for deleted",
    "connect": "connected",
    "connect many": "connected several",
    "connect company": "connected the company",
    "create many": "said several are new in QuickBooks",
    "create_new": "said it is new in QuickBooks",
    "credit note": "chose to take it back by a credit",
    "disconnect": "disconnected",
    "disconnect company": "disconnected the company",
    "dismiss": "dismissed",
    "find": "connected by itself",
    "give up": "stopped trying by itself",
    "hand over": "handed over",
    "leave": "said it is not to be created",
    "map": "mapped",
    "note": "noted",
    "own": "said who takes care",
    "release": "let go what waited",
    "resend": "resent",
    "restore": "brought back",
    "send ours": "chose to send ours",
    "snooze": "put aside until a day",
    "unlink": "disconnected",
    "void": "chose to void",
}
"""What verbs are called in the audit; one without words here is shown as it is."""


_TOOK_BACK = {"disconnect": "connect", "leave": "create_new"}
"""Verbs of decisions that take another one back, and the verb of that; else it is the same."""


def done(decision: Decision) -> str:
    """Return what a decision did, such as ``took back: mapped`` where it takes another one back."""
    verb = decision.verb
    if decision.undoes and not verb.startswith(UNDO):
        verb = f"{UNDO}{_TOOK_BACK.get(verb, verb)}"
    return said(verb)


def said(verb: str) -> str:
    """Return what a verb is called, such as ``took back: mapped``."""
    if verb.startswith(UNDO):
        return f"took back: {WORDS.get(verb.removeprefix(UNDO), verb.removeprefix(UNDO))}"
    return WORDS.get(verb, verb.replace("_", " "))
