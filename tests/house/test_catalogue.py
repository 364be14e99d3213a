"""The Vietnamese catalogue holds every text of the screen."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
from django.conf import settings

CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def test_every_text_is_translated_and_none_is_left_over(tmp_path: Path) -> None:
    rooms = [*settings.ROOMS, "laocai_nscl", "templates", "locale"]
    for room in rooms:
        shutil.copytree(
            settings.BASE_DIR / room,
            tmp_path / room,
            ignore=shutil.ignore_patterns("*.mo", "__pycache__"),
        )
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale=vi", "--verbosity=0"],
        cwd=tmp_path,
        # The copy has the portal's settings, not those of the tests.
        env={key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
        check=True,
        timeout=120,
    )
    catalogue = polib.pofile(tmp_path / CATALOGUE)
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_a_translation_names_the_same_values_as_its_source() -> None:
    for entry in polib.pofile(settings.BASE_DIR / CATALOGUE):
        source = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(text)) == source, entry.msgid
