"""The chapters of the story, in order of work: what happens in QuickBooks meanwhile, keys, what is read."""

from collections.abc import Awaitable, Callable

from tests.story.person import Person
from tests.story.world import World

Tell = Callable[[Person, World], Awaitable[None]]


async def first_sync(person: Person, world: World) -> None:
    """Everything that is ready goes; the overview says where to begin."""
    person.reads("Nothing has been synced yet: r reads the source and sends what is ready.")
    await person.press("r")
    person.reads("1,164 sent, 154 connected to what QuickBooks had.")
    await person.waits()
    person.reads("Work from the top: a fix above releases what waits below.", "all warnings (82)")
    person.keep("overview")


async def names(person: Person, world: World) -> None:
    """Two customers are in QuickBooks already, three customers and a product are new."""
    await person.press("c")
    person.reads("Not connected: 6 names")
    await person.press("space", "down", "space")
    person.keep("names")
    await person.press("enter")
    person.reads("Connects 2 customers. Releases 4 invoices, KES 19,209.60. Go on?")
    await person.press("y")
    person.reads("Connected 2 customers. 4 records can be sent now.", "4 records can be sent: r sends them.")
    await person.press("a", "n")
    person.reads(
        "Creates 3 customers and 1 product/service.",
        "→ Kilimo Packaging as Kilimo Packaging (Customer): its own name is taken.",
    )
    await person.press("y")
    await person.waits()
    person.reads("Not connected: nothing", "8 records can be sent: r sends them.")
    await person.press("escape")
    person.reads("Send 8 records to QuickBooks?")
    await person.press("n", "r")
    person.reads("21 sent.")


async def question(person: Person, world: World) -> None:
    """A product is inactive in QuickBooks: that is for the accountant to say."""
    await person.press("3")
    person.reads("Product/service Masala Chai Tin 250 g is inactive in QuickBooks.")
    await person.press("h")
    await person.type("Njeri")
    await person.type("please make it active")
    person.reads("Copied all questions for Njeri; paste them into a message.")
    await person.press("escape", "escape")


async def typed_by_hand(person: Person, world: World) -> None:
    """Somebody typed an invoice into QuickBooks: it is connected, not sent again."""
    await person.press("5", "down")
    person.reads("QuickBooks has invoice INV-1042 with this number already.")
    await person.press("c", "enter")
    person.reads("Releases 1 payment, KES 12,760.00. Go on?")
    await person.press("y", "n")


async def tax(person: Person, world: World) -> None:
    """One mapping releases fourteen invoices; of one somebody takes the number at that moment."""
    person.reads('The tax category "Zero-rated" of branch Mombasa is not mapped to a QuickBooks tax code.')
    await person.press("t", "enter")
    person.reads("rate 0%, the name says zero")
    await person.press("enter")
    person.reads("Releases 14 invoices, KES 85,263.00; 9 payments wait for them and follow.")
    person.keep("mapping")
    await person.press("y")
    person.reads("Saved. 14 records can be sent now. Send 14 records to QuickBooks?")
    world.types_at_the_next_request("INV-1580")
    await person.press("y")
    person.reads(
        "13 of 14 records are in QuickBooks now.", "DocNumber=INV-1580 is assigned to TxnType=Invoice"
    )
    person.keep("refused")
    await person.press("enter", "escape")


async def payments(person: Person, world: World) -> None:
    """Twenty-two payments go, and the answer gets lost; they are looked up and not sent twice."""
    await person.press("8", "t", "enter", "enter")
    person.reads("Releases 22 payments, KES 598,008.80.")
    await person.press("enter", "y")
    world.loses_the_next_answer()
    await person.press("y")
    person.reads("0 of 22 records are in QuickBooks now.", "22 records: sent, no answer yet; checking.")
    person.keep("lost")
    world.watch.forward(minutes=3)
    await person.press("enter", "escape", "r")
    person.reads("9 sent, 22 found in QuickBooks after the answer was lost.")


async def refused(person: Person, world: World) -> None:
    """What QuickBooks refused is sent again once the number is free."""
    await person.press("5", "down", "down")
    person.reads("QuickBooks has invoice INV-1580 with this number already.")
    world.takes_back_what_was_typed()
    await person.press("r")
    person.reads("Send invoice INV-1580 to QuickBooks again?", "This number has already been used.")
    await person.press("y")
    person.reads("✓ Invoice INV-1580: in QuickBooks.")
    await person.press("escape")


async def aside(person: Person, world: World) -> None:
    """What only the source or finance can mend is put aside with a reason."""
    await person.press("w")
    person.reads("All kinds · 12 warnings, 3 causes")
    await person.press("down")
    person.reads("Dates lie in a closed period: QuickBooks is closed until 31 Jul 2026.")
    await person.press("z", "down", "down", "enter")
    person.reads("Why snooze it until 30 Nov 2026?")
    await person.type("Njeri decides")
    person.reads("Snoozed 5 warnings, KES 13,432.80, until 30 Nov 2026. u undoes.")
    await person.waits()
    person.reads("The number NBO/EXPORT/CONSIGNMENT/2026-17 has 30 characters; QuickBooks takes at most 21.")
    await person.press("d", "down", "down", "down")
    person.reads("Why dismiss these 2 warnings?", "Will be corrected in the source")
    person.keep("aside")
    await person.press("enter")
    person.reads("Dismissed 2 warnings, KES 16,704.00. u undoes.")
    await person.press("escape")


async def morning(person: Person, world: World) -> None:
    """The accountant has made the product active: what waited for it goes by itself."""
    world.makes_active("Masala Chai Tin 250 g (deleted)")
    world.watch.forward(hours=22)
    await person.press("r")
    person.reads(
        "4 records were sent by themselves: item Masala Chai Tin 250 g is active again in QuickBooks."
    )
    await person.waits()
    person.reads("Nothing to do: everything that is ready is in QuickBooks.")
    person.reads("5 snoozed (Z) · 2 dismissed (D) in the warnings")
    person.keep("done")


CHAPTERS: dict[str, tuple[int, Tell]] = {
    "The first sync": (1, first_sync),
    "Customers and products": (12, names),
    "A question to the accountant": (32, question),
    "Typed by hand already": (6, typed_by_hand),
    "One mapping, fourteen invoices": (7, tax),
    "An answer that got lost": (10, payments),
    "Refused": (6, refused),
    "Put aside with a reason": (26, aside),
    "The next morning": (1, morning),
}
"""Each chapter with the most keys it may take: a budget that a longer way breaks."""
