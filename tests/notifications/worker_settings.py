"""The settings of the processes that a test starts: the work of the day begins at midnight."""

from datetime import time

from laocai_nscl.settings import *  # noqa: F403 - the whole of them
from laocai_nscl.settings import INSTALLED_APPS

DAILY_AT = time.min
INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.waiting"]
