"""Errors that are told to a person."""


class DomainError(Exception):
    """A refusal in one clear sentence, already in the reader's language.

    Raised by services and policies; the view shows it, the command prints it, nothing changed.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = str(message)


class NotAllowedError(DomainError):
    """A policy refused the act; the message is its reason."""
