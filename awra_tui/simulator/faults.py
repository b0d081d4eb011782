"""Error answers of QuickBooks: codes, words, HTTP status and envelopes."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from awra_tui.simulator import clock, jsontext
from awra_tui.simulator.jsontext import Json

VALIDATION = "ValidationFault"
INACTIVE = (
    "Something you're trying to use has been made inactive. Check the fields with accounts, "
    "customers, items, vendors or employees."
)
BUSINESS = "A business validation error has occurred while processing your request"
SUBSCRIPTION = (
    "Subscription period has ended or canceled or there was a billing problem : You can't add data "
    "to QuickBooks Online Plus because your trial or subscription period ended, you canceled your "
    "subscription, or there was a billing problem. To see or change your subscription status, "
    "click 'Your Account' at the upper-right of the screen, and click on Resubscribe link or "
    "contact your administrator."
)
CLOSED = (
    "The account period has closed and the account books cannot be updated through the QBO "
    "Services API. Please use the QBO website to make these changes."
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of a fault's Error list; an element of None is left out of the answer."""

    code: str
    message: str
    detail: str
    element: str | None = ""

    def body(self) -> dict[str, str]:
        """Return the entry as the service envelope writes it."""
        found = {"Message": self.message, "Detail": self.detail, "code": self.code}
        return found if self.element is None else {**found, "element": self.element}


class FaultError(Exception):
    """A refusal by a rule; carries one problem or several, the fault type and the HTTP status.

    `timed` says whether the answer tells its time.
    """

    def __init__(
        self, *problems: Problem, kind: str = VALIDATION, status: int = 400, timed: bool = True
    ) -> None:
        super().__init__("; ".join(problem.detail for problem in problems))
        self.problems = problems
        self.kind = kind
        self.status = status
        self.timed = timed

    def body(self) -> dict[str, Json]:
        """Return {"Fault": ...}, as it stands alone or inside a batch item."""
        return {"Fault": {"Error": [one.body() for one in self.problems], "type": self.kind}}


def fault(code: str, message: str, detail: str, element: str | None = "") -> FaultError:
    """Make a validation fault of one problem."""
    return FaultError(Problem(code, message, detail, element))


def not_found() -> FaultError:
    """610: the id is missing, deleted or inactive."""
    return fault("610", "Object Not Found", f"Object Not Found : {INACTIVE}")


def not_linkable(element: str) -> FaultError:
    """620: the transaction cannot be linked."""
    return fault("620", "TxnID cannot be linked", element, element)


def duplicate_name(owner: str) -> FaultError:
    """6240: the name is taken by the object of that id."""
    detail = f"The name supplied already exists. : Id={owner}"
    return fault("6240", "Duplicate Name Exists Error", detail, None)


def duplicate_number(number: str, entity: str, owner: str) -> FaultError:
    """6140: the document number is taken by the transaction of that id."""
    return fault(
        "6140",
        "Duplicate Document Number Error",
        "Duplicate Document Number Error : You must specify a different number. This number has "
        f"already been used. DocNumber={number} is assigned to TxnType={entity} with TxnId={owner}",
    )


def bad_reference(detail: str) -> FaultError:
    """2500: a reference does not exist or may not be used; detail names list and id."""
    return fault("2500", "Invalid Reference Id", f"Invalid Reference Id : {detail}")


def stale() -> FaultError:
    """5010: somebody changed the object since it was read."""
    return fault(
        "5010",
        "Stale Object Error",
        "Stale Object Error : You and Simulated Accountant were working on this at the same time. "
        "Simulated Accountant finished before you did, so your work was not saved.",
    )


def required(name: str) -> Problem:
    """2020: a required field is missing."""
    message = "Required param missing, need to supply the required value for the API"
    return Problem("2020", message, f"Required parameter {name} is missing in the request", name)


def unknown_property(name: str, entity: str, known: list[str]) -> FaultError:
    """2010: the object has no such field."""
    sample = ", ".join(f'"{one}"' for one in known[:60])
    return fault(
        "2010",
        "Request has invalid or unsupported property",
        f'Property Name:Unrecognized field "{name}" (class com.intuit.schema.finance.v3.{entity}), '
        f"not marked as ignorable ({len(known)} known properties: {sample} [truncated]])\n "
        "specified is unsupported or invalid",
        None,
    )


def malformed(detail: str = "failed to parse json object; a property specified") -> FaultError:
    """2010 in its masked wording: the JSON does not have the expected form."""
    return fault(
        "2010",
        "Request has invalid or unsupported property",
        f"Property Name:{detail} is unsupported or invalid",
        None,
    )


def too_long(name: str, limit: int, length: int) -> Problem:
    """2050: a text is longer than the field."""
    return Problem(
        "2050",
        "String length is either shorter or longer than supported by specification",
        "String length specified does not match the supported length. "
        f"Min:0 Max:{limit:,} supported. Supplied length: {length:,}",
        name,
    )


def bad_id(value: str) -> FaultError:
    """2030: an id in a path is not a number; recorded without a time."""
    detail = f"Id should be a valid number. Supplied value:{value}"
    return FaultError(Problem("2030", "Invalid ID", detail, "Id"), timed=False)


def bad_enumeration(value: str) -> FaultError:
    """2170: a value outside its list."""
    return fault("2170", "Invalid Enumeration", f"Invalid Enumeration : {value}")


def business(detail: str) -> FaultError:
    """6000: a rule of business, told by its text."""
    return fault("6000", BUSINESS, f"Business Validation Error: {detail}")


def wrong_amount(value: object) -> FaultError:
    """6070: a line's amount is not quantity times price."""
    return fault(
        "6070",
        "Amount calculation incorrect in the request.",
        f"Amount is not equal to UnitPrice * Qty. Supplied value:{value}",
        "Line.Amount",
    )


def wrong_account() -> FaultError:
    """6430: the account's type does not fit its place."""
    return fault(
        "6430",
        "Invalid account type used",
        "Invalid account type: You need to select a different type of account for this transaction.",
    )


def closed_period() -> FaultError:
    """6210: the date lies on or before the closing date."""
    return fault("6210", "Account Period Closed", CLOSED)


def unsupported(operation: str, element: str | None = "Operation") -> FaultError:
    """500: the operation or path does not exist."""
    detail = f"Operation {operation} is not supported."
    return fault("500", "Unsupported Operation", detail, element)


def before_stock() -> FaultError:
    """6520: the stock of an item begins after the day of the transaction."""
    message = "Transaction date is prior to start date for inventory item"
    return fault("6520", message, f"{message} : Change the date, or the start date of the item.")


def subscription() -> FaultError:
    """6190: the subscription has ended, nothing can be written."""
    return fault("6190", "Invalid Company Status", SUBSCRIPTION)


def system_failure(detail: str, status: int = 500) -> FaultError:
    """10000: QuickBooks itself failed."""
    return FaultError(
        Problem(
            "10000",
            "An application error has occurred while processing your request",
            f"System Failure Error: {detail}",
            "SystemFailureError",
        ),
        kind="SystemFault",
        status=status,
    )


def too_large() -> FaultError:
    """10100: a report is too large to be answered."""
    detail = "The report is too large: ask for a shorter period, or for fewer columns."
    return fault("10100", "Report too large", detail)


# What the gateway refuses with before the service is reached: the word for it, and the type of fault.
GATEWAY = {
    "3001": ("ThrottleExceeded", "SERVICE"),
    "3100": ("AuthorizationFailed", "SERVICE"),
    "3200": ("AuthenticationFailed", "AUTHENTICATION"),
}


def _told(code: str, status: int) -> tuple[str, str]:
    word, kind = GATEWAY[code]
    return f"message={word}; errorCode=00{code}; statusCode={status}", kind


def gateway(code: str, status: int, detail: str | None = None) -> bytes:
    """Write the gateway's envelope: lower case, with many empty members and time in ms."""
    message, kind = _told(code, status)
    error = {"message": message, "detail": detail, "code": code, "element": None}
    return jsontext.dumps(
        {
            "warnings": None,
            "intuitObject": None,
            "fault": {"error": [error], "type": kind},
            "report": None,
            "queryResponse": None,
            "batchItemResponse": [],
            "attachableResponse": [],
            "syncErrorResponse": None,
            "requestId": None,
            "time": int(clock.now().timestamp() * 1000),
            "status": None,
            "cdcresponse": [],
        }
    )


def gateway_xml(code: str, status: int, detail: str | None = None) -> bytes:
    """Write a refusal of the gateway in XML."""
    message, kind = _told(code, status)
    inner = f"      <Detail>{escape(detail)}</Detail>\n" if detail else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<IntuitResponse time="{clock.stamp_ms(clock.now())}" '
        'xmlns="http://schema.intuit.com/finance/v3">\n'
        f'  <Fault type="{kind}">\n'
        f'    <Error code="{code}">\n'
        f"      <Message>{escape(message)}</Message>\n"
        f"{inner}"
        "    </Error>\n"
        "  </Fault>\n"
        "</IntuitResponse>\n"
    ).encode()


def throttled() -> bytes:
    """Write the gateway's 3001, which is XML even where JSON was asked for."""
    return gateway_xml("3001", 429, "The request limit was reached.  Try again later")
