"""The page on which a person chooses the company to connect, or refuses, as on Intuit's."""

import html
from collections.abc import Sequence
from urllib.parse import urlencode

from awra_tui.simulator import oauth
from awra_tui.simulator.company import Company

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Not form-action: a browser would then not follow the way back to the application.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
CHOICE, ANSWER, REFUSE = "realm_id", "answer", "refuse"
"""What the form sends: the company, and whether the person refuses; without an answer, they consent."""

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1.1rem/1.6 sans-serif }}
body {{ max-width: 34rem; margin: 3rem auto; padding: 0 1rem }}
label {{ display: block }}
button {{ font: inherit; margin: 1rem 1rem 0 0; padding: .3rem 1.2rem }}
</style>
<h1>{title}</h1>
{content}
</html>
"""
_FORM = """\
<p>This is the simulator's page in place of Intuit's. The application asks to read and change the books.</p>
<form method="post" action="{action}">
<fieldset>
<legend>Which company do you want to connect?</legend>
{choices}
</fieldset>
<button name="answer" value="connect">Connect</button>
<button name="answer" value="refuse">Do not connect</button>
</form>"""
_CHOICE = (
    '<label><input type="radio" name="realm_id" value="{realm}"{first}> {name} <small>{realm}</small></label>'
)


def page(companies: Sequence[Company], query: dict[str, str]) -> tuple[int, str]:
    """Return the page that asks which company to connect: HTTP status and HTML."""
    problem = _problem(companies[0], query)
    if problem:
        told = f"<p>{html.escape(problem)}</p>"
        return 400, _PAGE.format(title="This application cannot connect", content=told)
    choices = "\n".join(_choice(company, is_first=at == 0) for at, company in enumerate(companies))
    form = _FORM.format(action=html.escape(f"?{urlencode(query)}"), choices=choices)
    return 200, _PAGE.format(title="Connect a company", content=form)


def _choice(company: Company, *, is_first: bool) -> str:
    first = " checked autofocus" if is_first else ""
    return _CHOICE.format(realm=html.escape(company.realm_id), first=first, name=html.escape(_name(company)))


def _name(company: Company) -> str:
    info = company.store.get("CompanyInfo", "1")
    return str(info.body.get("CompanyName", "")) if info else company.name


def _problem(company: Company, query: dict[str, str]) -> str:
    if query.get("client_id") != company.definition.client_id:
        return "The client_id query parameter value is invalid."
    if not query.get("state"):
        return "The state query parameter is missing."
    if query.get("response_type") != "code":
        return "The response_type query parameter value is invalid."
    if not query.get("redirect_uri", "").startswith(("http://", "https://")):
        return "The redirect_uri query parameter value is invalid."
    return ""


def way_back(companies: Sequence[Company], query: dict[str, str], form: dict[str, str]) -> str | None:
    """Return the application's address with a code for the chosen company, or with the refusal.

    A form that chooses none means the first company. None where the question was no good, or the
    company is none of these.
    """
    chosen = [one for one in companies if one.realm_id == form.get(CHOICE, companies[0].realm_id)]
    if not chosen or _problem(companies[0], query):
        return None
    if form.get(ANSWER) == REFUSE:
        return _with(query["redirect_uri"], error="access_denied", state=query["state"])
    code = oauth.new_code(chosen[0], query["redirect_uri"])
    return _with(query["redirect_uri"], code=code, state=query["state"], realmId=chosen[0].realm_id)


def _with(address: str, **fields: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}"
