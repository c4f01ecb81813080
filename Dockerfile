# Cardápio in a container: slim, not root, with its only state in the volume /data.
#
#   docker build -t cardapio .
#   docker run -d --name cardapio --env-file .env -v cardapio-data:/data --stop-timeout 40 cardapio
#
# With a webhook add -p 8080:8080 and PORT=8080; docs/operations.md says the rest.

FROM python:3.11-slim AS build
RUN python -m venv /opt/venv
COPY requirements.txt constraints.txt /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -r /tmp/requirements.txt

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin cardapio \
    && install -d -o cardapio -g cardapio -m 0700 /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY bot.py wiring.py house.py line.py logs.py settings.py ./
COPY handlers handlers
COPY menus menus
COPY rag rag
COPY storage storage
COPY nutrition nutrition
COPY localchat localchat
COPY guide guide
RUN /opt/venv/bin/python -m compileall -q /app
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DATABASE_PATH=/data/cardapio.db
USER cardapio
VOLUME /data
STOPSIGNAL SIGTERM
# Without PORT nothing listens, and the process itself is the sign of life.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request as r; p = os.environ.get('PORT'); p and r.urlopen(f'http://127.0.0.1:{p}/healthz', timeout=4)"]
CMD ["python", "bot.py"]
