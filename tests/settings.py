"""The portal's settings, with what only costs time in tests left out."""

from laocai_nscl.settings import *
from laocai_nscl.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No collectstatic before the tests: files are found where they were built.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
# Nor is the folder of `make run` looked through for every client of a test.
STATIC_ROOT = None
