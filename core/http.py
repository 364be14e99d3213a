"""Between HTTP and the acts: refusals become messages, form errors or a 403 with the reason."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from core.decisions import Decision
from core.errors import DomainError, NotAllowedError
from core.forms import VersionedForm
from core.versions import StaleVersionError

View = TypeVar("View", bound=Callable[..., Any])


def quiet(view: View) -> View:
    """Mark a view that pages ask by themselves: nobody is at work there, the session may end."""
    view.quiet = True  # type: ignore[attr-defined]
    return view


def is_quiet(view: Callable[..., Any]) -> bool:
    """Whether pages ask the view by themselves."""
    return getattr(view, "quiet", False)


def require(decision: Decision) -> None:
    """Answer 403 with the reason before a form is shown that could not be sent."""
    if not decision:
        raise PermissionDenied(decision.reason)


@dataclass
class Outcome:
    """Whether the act in the block was done."""

    done: bool = True


@contextmanager
def domain_errors_as_messages(request: HttpRequest) -> Iterator[Outcome]:
    """Show a refusal on the next page; what a policy refuses is a 403 with its reason."""
    outcome = Outcome()
    try:
        yield outcome
    except NotAllowedError as error:
        raise PermissionDenied(error.message) from error
    except DomainError as error:
        outcome.done = False
        messages.error(request, error.message)


@contextmanager
def domain_errors_in_form(form: forms.BaseForm) -> Iterator[Outcome]:
    """Add a refusal to the form that asked for it; what a policy refuses is a 403."""
    outcome = Outcome()
    try:
        yield outcome
    except NotAllowedError as error:
        raise PermissionDenied(error.message) from error
    except StaleVersionError as error:
        outcome.done = False
        form.add_error(None, error.message)
        if isinstance(form, VersionedForm):
            form.show_stale(error.record)
    except DomainError as error:
        outcome.done = False
        form.add_error(None, error.message)
    except ValidationError as error:
        outcome.done = False
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, error)
