"""The request of someone who is logged in, as every page behind the login gets it."""

from django.http import HttpRequest

from accounts.models import User


class UserRequest(HttpRequest):
    """A request behind the login: ``LoginRequiredMiddleware`` let nobody else through."""

    user: User
