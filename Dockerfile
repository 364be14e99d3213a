# syntax=docker/dockerfile:1

FROM node:22-bookworm-slim AS front-end
WORKDIR /portal
COPY .npmrc package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY scripts/build-front.mjs scripts/
COPY static/src static/src
RUN npm run build

FROM python:3.11-slim-bookworm AS python-packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/base.txt requirements/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --require-hashes --requirement requirements/base.txt
COPY locale locale
RUN msgfmt --check-format --output-file=locale/vi/LC_MESSAGES/django.mo \
    locale/vi/LC_MESSAGES/django.po

FROM python:3.11-slim-bookworm
# Documents are set in Liberation Serif: fonts-liberation, without the 2, lacks ơ, ư and ạ.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-liberation2 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/portal --create-home portal \
    && install --directory --owner=portal --group=portal --mode=0700 /srv/files
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache \
    STATIC_ROOT=/srv/static \
    PORTAL_STATE_DIR=/var/lib/portal \
    BIND=0.0.0.0:8000
WORKDIR /portal
COPY --from=python-packages /opt/venv /opt/venv
COPY . .
COPY --from=front-end /portal/static/dist static/dist
COPY --from=python-packages /locale locale
# Local mode needs no secret; what it notes down is not kept.
RUN PORTAL_MODE=local PORTAL_STATE_DIR=/tmp/build python manage.py collectstatic --no-input \
    && rm -rf /tmp/build
ENV PORTAL_MODE=production
USER portal
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "laocai_nscl.wsgi"]
