# City2City in a container, without development tools. `compose.yaml` starts it with Neo4j beside it.
FROM python:3.11-slim-bookworm AS installed
WORKDIR /source
RUN python -m venv /opt/city2city
COPY requirements.lock ./
RUN /opt/city2city/bin/python -m pip --disable-pip-version-check install --no-cache-dir --only-binary :all: \
    --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY ingest ingest
COPY nlp nlp
COPY api api
RUN /opt/city2city/bin/python -m pip --disable-pip-version-check install --no-cache-dir --only-binary :all: \
    --no-deps .

FROM python:3.11-slim-bookworm
# A number, not a name: clusters that forbid root look at this.
RUN useradd --uid 10001 --create-home city2city && install --directory --owner 10001 /data
COPY --from=installed /opt/city2city /opt/city2city
ENV PATH=/opt/city2city/bin:$PATH XDG_DATA_HOME=/data PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["c2c", "serve", "--host", "0.0.0.0"]
