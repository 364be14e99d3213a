"""What the database would refuse, told beside the field that is to be corrected."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

Places = Mapping[str, str]


def broken_constraints(record: models.Model, places: Places) -> dict[str, list[ValidationError]]:
    """Return what the constraints of the table say against the record, by field."""
    told: dict[str, list[ValidationError]] = defaultdict(list)
    for model, constraints in record.get_constraints():
        for constraint in sorted(constraints, key=_over_spans):
            if told and _over_spans(constraint):
                # Dates out of order make no span that could overlap another.
                break
            try:
                constraint.validate(model, record)
            except ValidationError:
                told[places.get(constraint.name, NON_FIELD_ERRORS)].append(_told(constraint))
    return dict(told)


def _over_spans(constraint: models.BaseConstraint) -> bool:
    return isinstance(constraint, ExclusionConstraint)


def check(record: models.Model, places: Places) -> None:
    """Raise ``ValidationError`` by field for what the model or a constraint refuses."""
    record.full_clean(validate_constraints=False)
    if told := broken_constraints(record, places):
        raise ValidationError(told)


@contextmanager
def races_told(record: models.Model, places: Places) -> Iterator[None]:
    """Tell what somebody else's save made the database refuse in the words of the check."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for _model, constraints in record.get_constraints():
            for constraint in constraints:
                if constraint.name == name:
                    place = places.get(constraint.name, NON_FIELD_ERRORS)
                    raise ValidationError({place: [_told(constraint)]}) from error
        raise


def _told(constraint: models.BaseConstraint) -> ValidationError:
    return ValidationError(
        constraint.get_violation_error_message(), code=constraint.violation_error_code
    )
