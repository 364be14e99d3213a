"""The Celery application: every task of every room, on the same settings as the web."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_nscl.settings")

app = Celery("laocai_nscl")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
