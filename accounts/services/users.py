"""Acts on people."""

from django.db import transaction

from accounts.models import User
from audit.actors import Actor
from audit.services import record


@transaction.atomic
def user_create(
    *, email: str, full_name: str, password: str, by: Actor, demo: bool = False
) -> User:
    """Create a person who can log in with this password but has no right yet."""
    user = User.objects.create_user(email=email, full_name=full_name, password=password)
    if demo:
        user.is_demo = True
        user.save(update_fields=["is_demo"])
    after = {"email": user.email, "full_name": full_name, "is_demo": demo}
    record(act="user_create", by=by, target=user, after=after)
    return user
