#!/usr/bin/env bash
# Makes images in the shape of postgres:18 and apache/kafka:4.2.1 where no registry can be reached,
# from a Debian mirror (debootstrap, as root) and from what the build has already downloaded.
# Needs a Docker engine (DOCKER_HOST). Afterwards run the tests with what it prints.
set -euo pipefail
cd "$(dirname "$0")/../.."
broker=deploy/broker/target
postgres=${XDG_CACHE_HOME:-$HOME/.cache}/baton/postgres-18.6.0
for needed in "$broker/lib" "$postgres/bin"; do
  [ -d "$needed" ] || { echo "$needed is missing: run this module's tests once, embedded" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! docker image inspect baton-local/base >/dev/null 2>&1; then
  debootstrap --variant=minbase --include=openjdk-17-jre-headless,ca-certificates bookworm "$work/rootfs"
  tar -C "$work/rootfs" -c . | docker import - baton-local/base
fi

mkdir -p "$work/postgres" "$work/kafka"
cp -r "$postgres" "$work/postgres/pgsql"
cat > "$work/postgres/entrypoint" <<'SH'
#!/bin/bash
set -e
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  mkdir -p "$data" && chown -R nobody "$data" && chmod 700 "$data"
  as() { setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; }
  printf %s "$POSTGRES_PASSWORD" > /tmp/password && chown nobody /tmp/password
  as /pgsql/bin/initdb -D "$data" -U "$POSTGRES_USER" --pwfile=/tmp/password \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
  echo "CREATE DATABASE $POSTGRES_DB;" |
    as /pgsql/bin/postgres --single -D "$data" postgres
  echo "database system is ready to accept connections"
fi
shift
exec setpriv --reuid=nobody --regid=nogroup --clear-groups /pgsql/bin/postgres -D "$data" \
  -c listen_addresses='*' -c unix_socket_directories= "$@"
SH
chmod +x "$work/postgres/entrypoint"
cat > "$work/postgres/Dockerfile" <<'D'
FROM baton-local/base
COPY pgsql /pgsql
COPY entrypoint /entrypoint
EXPOSE 5432
ENTRYPOINT ["/entrypoint"]
CMD ["postgres"]
D

cp -r "$broker/lib" "$work/kafka/lib"
cp "$broker/classes/log4j2.properties" "$work/kafka/lib/"
mkdir "$work/kafka/docker"
cat > "$work/kafka/docker/run" <<'SH'
#!/bin/bash
# KAFKA_SOME_SETTING=x becomes some.setting=x, as in Kafka's own image.
set -e
env | grep '^KAFKA_' | grep -v '^KAFKA_HEAP_OPTS=' | while IFS='=' read -r name value; do
  name=${name#KAFKA_}; name=${name,,}; echo "${name//_/.}=$value"
done > /tmp/server.properties
grep -q '^log.dirs=' /tmp/server.properties || echo log.dirs=/tmp/kraft-combined-logs >> /tmp/server.properties
set -f
java="java $KAFKA_HEAP_OPTS -Dlog4j2.configurationFile=/kafka/lib/log4j2.properties -cp /kafka/lib/*"
$java kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID:-4L6g3nShT-eMCtK--X86sw}" -c /tmp/server.properties
exec $java kafka.Kafka /tmp/server.properties
SH
chmod +x "$work/kafka/docker/run"
cat > "$work/kafka/Dockerfile" <<'D'
FROM baton-local/base
COPY lib /kafka/lib
COPY docker /etc/kafka/docker
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
D

for image in postgres kafka; do
  DOCKER_BUILDKIT=0 docker build -q --network=none -t "baton-local/$image" "$work/$image"
done
cat <<'T'
BATON_TEST_INFRASTRUCTURE=docker \
BATON_TEST_POSTGRES_IMAGE=baton-local/postgres BATON_TEST_KAFKA_IMAGE=baton-local/kafka \
TESTCONTAINERS_RYUK_DISABLED=true ./mvnw verify
T
