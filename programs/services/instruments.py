"""Documents that give force: recorded once, by number and day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import normalise
from programs.choices import InstrumentKind
from programs.models import Instrument, Plan


def instrument_recorded(
    *, plan: Plan, number: str, issued_on: dt.date, issuer: str, title: str = ""
) -> Instrument:
    """Return the decision of this number and day, recorded now if nobody has done so.

    Part of the act that names it, whose entry in the history tells of it. Raises
    ``ValidationError`` at the issuer when the document is known by another one.
    """
    number, issuer = normalise(number), normalise(issuer)
    known = Instrument.objects.filter(plan=plan, number=number, issued_on=issued_on).first()
    if known is not None:
        if known.issuer != issuer:
            told = _(
                "This document is in the list, issued by %(issuer)s: choose it, or correct the "
                "issuer."
            )
            raise ValidationError({"issuer": told % {"issuer": known.issuer}})
        return known
    made = Instrument(
        plan=plan,
        kind=InstrumentKind.DECISION,
        number=number,
        issued_on=issued_on,
        issuer=issuer,
        title=title,
    )
    made.full_clean()
    made.save()
    return made
