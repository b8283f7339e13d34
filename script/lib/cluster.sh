# shellcheck shell=bash
# The private PostgreSQL cluster with PostGIS: its data in <data dir>/postgres, its socket in
# <data dir>/run, no TCP port. Nobody but its owner can enter either folder, so inside them every
# connection is trusted. The owner is the user who runs the script; PostgreSQL refuses to run as
# root, so there it is the system's user `postgres`.
#
# Whoever needs the cluster holds a shared lock on <data dir>/cluster.users while it runs; the last
# one to leave stops it, unless it was started for good by `script/cluster start`.

# Off for tests only: a crash may lose their data.
CLUSTER_FSYNC="${CLUSTER_FSYNC:-on}"

as_cluster_owner() {
  if ((EUID == 0)); then
    (cd / && exec runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# Can the owner enter this folder, whatever lies above it?
owner_reaches() {
  as_cluster_owner test -x "$1" 2>/dev/null
}

urlencode() {
  python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$1"
}

# Make the folders and set PGDATA_DIR, SOCKET_DIR and PG_BIN.
prepare_cluster_folders() {
  local short version home
  home="$DATA_DIR"
  short="$(printf '%s' "$DATA_DIR" | sha256sum | cut -c1-12)"
  if ! owner_reaches "$DATA_DIR"; then
    home="$(realpath -m /var/lib/postgresql)/geoportal-$short"
    use_folder_elsewhere "$home"
  fi
  PGDATA_DIR="$home/postgres"
  SOCKET_DIR="$home/run"
  # The path of a socket may have 107 bytes, its own name included.
  if (($(printf '%s' "$SOCKET_DIR/.s.PGSQL.5432" | wc -c) > 100)); then
    SOCKET_DIR="/tmp/geoportal-$short"
  fi
  make_private_folder "$PGDATA_DIR"
  make_private_folder "$SOCKET_DIR"
  version="$(find_postgres)"
  if [[ -f $PGDATA_DIR/PG_VERSION ]]; then
    version="$(<"$PGDATA_DIR/PG_VERSION")"
    [[ -x /usr/lib/postgresql/$version/bin/postgres ]] ||
      fail "the database in $PGDATA_DIR was made by PostgreSQL $version, which is not installed. Install" \
        "postgresql-$version and postgresql-$version-postgis-3, then start again."
  fi
  PG_BIN="/usr/lib/postgresql/$version/bin"
}

# The data folder lies where the user postgres cannot enter (a checkout under /root): keep the
# cluster in the home of that user and leave links to it in the data folder.
use_folder_elsewhere() {
  local home="$1"
  if [[ -e $DATA_DIR/postgres && ! -L $DATA_DIR/postgres ]]; then
    fail "$DATA_DIR holds a database of $(stat -c %U "$DATA_DIR/postgres"), and the user postgres cannot" \
      "enter that folder. Run this as the user who started it first, or let others pass through the" \
      "folders above it (chmod a+x), or name another one: GEOPORTAL_DATA_DIR=/some/folder $SCRIPT_NAME"
  fi
  if [[ -d $home && ! -L $DATA_DIR/postgres ]]; then
    as_cluster_owner rm -rf "$home.old"
    as_cluster_owner mv "$home" "$home.old"
    warn "$DATA_DIR is new; the database of an earlier folder with this name was moved to $home.old"
  fi
  if ! [[ -d $home ]]; then
    say "The user postgres cannot enter $DATA_DIR, so the database is kept in $home"
    as_cluster_owner mkdir -p -m 700 "$home"
  fi
  ln -sfn "$home/postgres" "$DATA_DIR/postgres"
  ln -sfn "$home/run" "$DATA_DIR/run"
}

# A folder that only the owner of the cluster can enter; refuse one that belongs to somebody else.
make_private_folder() {
  local owner
  owner="$(as_cluster_owner id -un)"
  if ! [[ -e $1 ]]; then
    mkdir -m 700 "$1" || fail "the folder $1 could not be made. Free some room or name another data" \
      "folder: GEOPORTAL_DATA_DIR=/some/folder $SCRIPT_NAME"
    ((EUID == 0)) && chown postgres: "$1"
  fi
  if [[ -L $1 || "$(stat -c %U "$1")" != "$owner" ]]; then
    fail "$1 belongs to $(stat -c %U "$1"), and the database would run as $owner. Run this as the user" \
      "who started it first, or name another data folder: GEOPORTAL_DATA_DIR=/some/folder $SCRIPT_NAME"
  fi
  chmod 700 "$1"
}

# Print the process id of the running postmaster, or nothing. A file that a crash or a restart of
# the machine has left behind is not taken for a running one.
cluster_pid() {
  local pid
  [[ -f $PGDATA_DIR/postmaster.pid ]] || return 0
  pid="$(head -n 1 "$PGDATA_DIR/postmaster.pid")"
  if [[ -d /proc/$pid && "$(readlink "/proc/$pid/cwd")" == "$PGDATA_DIR" ]]; then
    printf '%s\n' "$pid"
  fi
}

create_cluster() {
  say "Creating the private PostgreSQL cluster in $PGDATA_DIR"
  rm -rf "$DATA_DIR/stamps"
  run_logged initdb as_cluster_owner "$PG_BIN/initdb" --pgdata="$PGDATA_DIR" --username=geoportal \
    --auth=trust --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=uk \
    --data-checksums --no-instructions ||
    fail "the database cluster could not be created in $PGDATA_DIR. The lines above say why; most often" \
      "the disk is full. Then remove that folder and start again."
  printf "include 'geoportal.conf'\n" >>"$PGDATA_DIR/postgresql.conf"
}

# Written at every start, so that a newer version of the project brings its own settings.
write_cluster_settings() {
  cat >"$PGDATA_DIR/geoportal.conf" <<SETTINGS
listen_addresses = ''
port = 5432
unix_socket_directories = '"${SOCKET_DIR//\'/\'\'}"'
unix_socket_permissions = 0700
cluster_name = 'geoportal'
fsync = $CLUSTER_FSYNC
synchronous_commit = on
full_page_writes = $CLUSTER_FSYNC
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
shared_buffers = 256MB
maintenance_work_mem = 256MB
work_mem = 16MB
random_page_cost = 1.1
max_locks_per_transaction = 256
jit = off
SETTINGS
  ((EUID == 0)) && chown postgres: "$PGDATA_DIR/geoportal.conf"
  return 0
}

start_cluster() {
  local attempt log="$PGDATA_DIR/server.log"
  if [[ -n "$(cluster_pid)" ]]; then
    return
  fi
  if ! [[ -f $PGDATA_DIR/PG_VERSION ]]; then
    create_cluster
  fi
  write_cluster_settings
  # Not running, as seen above: what names a running server is left over.
  rm -f "$PGDATA_DIR/postmaster.pid" "$SOCKET_DIR"/.s.PGSQL.5432*
  # After a kill, the old server's last processes may hold its memory for a moment.
  for attempt in 1 2 3; do
    if as_cluster_owner "$PG_BIN/pg_ctl" start --silent --wait --timeout=120 \
      --pgdata="$PGDATA_DIR" --log="$log" </dev/null >/dev/null 2>&1 6<&- 7<&- 8<&- 9<&-; then
      break
    fi
    ((attempt < 3)) || {
      tail -n 15 "$log" >&2
      fail "the database did not start. Its last lines are above, the rest is in $log."
    }
    sleep 2
  done
  create_database
}

create_database() {
  {
    if [[ -z "$(run_sql postgres "SELECT 1 FROM pg_database WHERE datname = 'geoportal'")" ]]; then
      run_sql postgres 'CREATE DATABASE geoportal'
    fi
    run_sql geoportal 'SET client_min_messages = warning;
      CREATE EXTENSION IF NOT EXISTS postgis;
      CREATE EXTENSION IF NOT EXISTS btree_gist;
      CREATE EXTENSION IF NOT EXISTS pg_trgm;'
  } || fail "the database runs, but could not be set up; the message above says why. Its log is" \
    "$PGDATA_DIR/server.log."
}

# Arguments: database, statements. As the superuser of the private cluster.
run_sql() {
  env -u PGSERVICE -u PGHOSTADDR -u PGOPTIONS "$PG_BIN/psql" --no-psqlrc --quiet --tuples-only --no-align \
    --set=ON_ERROR_STOP=1 --host="$SOCKET_DIR" --port=5432 --username=geoportal \
    --dbname="$1" --command="$2"
}

stop_cluster() {
  [[ -n "$(cluster_pid)" ]] || return 0
  as_cluster_owner "$PG_BIN/pg_ctl" stop --silent --wait --timeout=60 --mode=fast \
    --pgdata="$PGDATA_DIR" >/dev/null ||
    warn "the database did not stop within a minute; its process is $(cluster_pid)"
}

cluster_url() {
  printf 'postgis://geoportal@/geoportal?host=%s\n' "$(urlencode "$SOCKET_DIR")"
}

# Run a function while no other script starts or stops this cluster.
with_cluster_lock() {
  local result=0
  exec 7>"$DATA_DIR/cluster.lock"
  flock 7
  "$@" || result=$?
  exec 7>&-
  return "$result"
}

join_cluster() {
  exec 9>>"$DATA_DIR/cluster.users"
  flock -s 9
  start_cluster
}

leave_cluster() {
  exec 9>&-
  [[ -e $DATA_DIR/cluster.keep && "$(<"$DATA_DIR/cluster.keep")" == "$(cluster_pid)" ]] && return
  exec 9>>"$DATA_DIR/cluster.users"
  if flock -n 9; then
    stop_cluster
  fi
  exec 9>&-
}

# Have a database until release_database: the one that GEOPORTAL_DATABASE_URL names, else the private
# cluster, started if it does not run. Exports what Django and psql need to find it.
use_database() {
  CLUSTER_USED=
  [[ -n ${GEOPORTAL_DATABASE_URL:-} ]] && return
  prepare_cluster_folders
  CLUSTER_USED=1
  with_cluster_lock join_cluster
  unset PGSERVICE PGHOSTADDR PGOPTIONS PGPASSWORD
  export PGHOST="$SOCKET_DIR" PGPORT=5432 PGUSER=geoportal PGDATABASE=geoportal
  GEOPORTAL_DATABASE_URL="$(cluster_url)"
  export GEOPORTAL_DATABASE_URL
}

# Stop the private cluster unless somebody else uses it. Safe to call twice, and without use_database.
release_database() {
  [[ -n ${CLUSTER_USED:-} ]] || return 0
  CLUSTER_USED=
  with_cluster_lock leave_cluster
}

# Delete the database and all that was derived from it.
remove_cluster() {
  rm -rf "$PGDATA_DIR" "$SOCKET_DIR" "$DATA_DIR/stamps"
  if [[ -L $DATA_DIR/postgres ]]; then
    rm -f "$DATA_DIR/postgres" "$DATA_DIR/run"
    rmdir "$(dirname "$PGDATA_DIR")"
  fi
}
