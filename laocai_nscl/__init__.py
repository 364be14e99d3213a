"""Portal of Kế hoạch 191/KH-UBND: settings, addresses, servers."""

from laocai_nscl.celery import app as celery_app

__all__ = ["celery_app"]
