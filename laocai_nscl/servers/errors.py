"""What goes wrong with servers, said in one sentence for the person at the terminal."""


class ServersError(Exception):
    """A private server cannot be found, started or reached; the message says what to do."""
