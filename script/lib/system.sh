# shellcheck shell=bash
# Programs that come from the system's package manager (Debian, Ubuntu). Each is looked for by what
# it must be able to do; only what is missing is installed.

POSTGRES_MIN=15
PYTHON_MIN='3.11'

# Print a Python that is new enough, or nothing.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c "import sys; sys.exit(sys.version_info < (${PYTHON_MIN/./, }))" 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

# Print the newest major version of PostgreSQL that has PostGIS beside it, or nothing.
find_postgres() {
  local initdb version
  for initdb in /usr/lib/postgresql/*/bin/initdb; do
    version="${initdb#/usr/lib/postgresql/}"
    version="${version%%/*}"
    if [[ -x $initdb && -f /usr/share/postgresql/$version/extension/postgis.control ]] &&
      ((version >= POSTGRES_MIN)); then
      printf '%s\n' "$version"
    fi
  done | sort -n | tail -n 1
}

# Print the packages that give PostgreSQL and PostGIS here: of the server that is installed already,
# else of the version that the distribution offers. "postgresql" alone: nothing suitable is known.
postgres_packages() {
  local folder version=0
  for folder in /usr/lib/postgresql/*/; do
    [[ -x ${folder}bin/initdb ]] && version="$(basename "$folder")"
  done
  if ((version < POSTGRES_MIN)); then
    version="$(apt-cache depends postgresql 2>/dev/null | grep -oP 'Depends: postgresql-\K[0-9]+$' || true)"
  fi
  if ((${version:-0} < POSTGRES_MIN)); then
    printf 'postgresql\n'
  else
    printf 'postgresql-%s\npostgresql-%s-postgis-3\n' "$version" "$version"
  fi
}

# Print the package of the GDAL library, whose name bears its version.
gdal_package() {
  local name
  name="$(apt-cache --names-only search '^libgdal[0-9]+(t64)?$' | cut -d' ' -f1 | sort -V | tail -n 1)"
  printf '%s\n' "${name:-gdal-bin}"
}

has_library() {
  local known
  known="$(/sbin/ldconfig -p)"
  [[ $known == *"$1"* ]]
}

has_ffmpeg() {
  command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null
}

has_nginx() {
  [[ -x /usr/sbin/nginx && -f /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ]]
}

# Print a real Chromium, or nothing. Ubuntu's package is a snap, which cannot read the files of tests.
find_chromium() {
  local name
  for name in chromium google-chrome-stable chromium-browser; do
    name="$(command -v "$name")" || continue
    [[ "$(readlink -f "$name")" == *snap* ]] && continue
    grep -qs '/snap/bin' "$name" && continue
    printf '%s\n' "$name"
    return
  done
}

is_ubuntu() {
  grep -qsx 'ID=ubuntu' /etc/os-release
}

# Print the missing packages, one on a line. Arguments: `server`, `test` or both.
missing_packages() {
  local part interpreter
  for part in "$@"; do
    case $part in
      server)
        interpreter="$(find_python)"
        if [[ -z $interpreter ]]; then
          printf 'python3\npython3-venv\n'
        elif ! [[ -x $PYTHON ]] && ! "$interpreter" -c 'import ensurepip, venv' 2>/dev/null; then
          printf '%s-venv\n' "${interpreter##*/}"
        fi
        if [[ -z ${GEOPORTAL_DATABASE_URL:-} && -z "$(find_postgres)" ]]; then
          postgres_packages
        fi
        has_library libgdal.so || gdal_package
        command -v msgfmt >/dev/null || printf 'gettext\n'
        has_ffmpeg || printf 'ffmpeg\n'
        npm_packages_ready service || command -v npm >/dev/null || printf 'nodejs\nnpm\n'
        command -v node >/dev/null || printf 'nodejs\n'
        ;;
      test)
        command -v ogr2ogr >/dev/null || printf 'gdal-bin\n'
        command -v node >/dev/null || printf 'nodejs\n'
        npm_packages_ready test || command -v npm >/dev/null || printf 'npm\n'
        command -v shellcheck >/dev/null || printf 'shellcheck\n'
        command -v exiftool >/dev/null || printf 'libimage-exiftool-perl\n'
        # Playwright's own driver needs it.
        has_library libatomic.so.1 || printf 'libatomic1\n'
        # The shipped site is tried in it.
        has_nginx || printf 'nginx\nlibnginx-mod-http-brotli-static\n'
        # Keeps the tiles of several machines.
        command -v redis-server >/dev/null || printf 'redis-server\n'
        [[ -n "$(find_chromium)" ]] || is_ubuntu || printf 'chromium\n'
        ;;
    esac
  done
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo "$@"
  fi
}

# Asks for the password, if any, before output goes to a log.
may_become_root() {
  ((EUID == 0)) && return
  command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo true; }; }
}

require_root() {
  may_become_root && return
  fail "these system packages are missing, and this user may not install them: $*. Ask an" \
    "administrator to run \"apt-get install --no-install-recommends $*\", then start again."
}

# Debian's packages start what they install: the database server a cluster of its own, nginx on port
# 80, Redis on 6379. None is wanted here, so all are asked not to, for this one installation.
apt_install() {
  local result=0 folder=/etc/postgresql-common/createcluster.d made= policy= name services=()
  for name in nginx redis-server; do
    if [[ " $* " == *" $name "* && ! -e /usr/sbin/$name && ! -e /usr/bin/$name ]]; then
      services+=("$name")
    fi
  done
  if ((${#services[@]})) && [[ ! -e /usr/sbin/policy-rc.d ]]; then
    policy=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\ncase $1 in nginx | redis-server) exit 101 ;; esac\nexit 0\n' |
      as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  if ! [[ -d $folder ]]; then
    made="$folder"
    as_root mkdir -p "$folder"
  fi
  printf 'create_main_cluster = false\n' | as_root tee "$folder/geoportal.conf" >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 "$@" </dev/null || result=$?
  as_root rm -f "$folder/geoportal.conf"
  [[ -z $policy ]] || as_root rm -f "$policy"
  if ((${#services[@]})) && command -v systemctl >/dev/null; then
    as_root systemctl disable --quiet "${services[@]}" 2>/dev/null || true
  fi
  if [[ -n $made ]]; then
    as_root rmdir --ignore-fail-on-non-empty "$made"
  fi
  return "$result"
}

# Install what is missing. Arguments as for missing_packages.
install_system_packages() {
  local names packages
  if ! command -v apt-get >/dev/null; then
    require_programs
    return
  fi
  names="$(missing_packages "$@")"
  [[ -z $names ]] && return
  # The one program that the portal can do without.
  if [[ $names == ffmpeg ]] && ! may_become_root; then
    warn "ffmpeg is missing and this user may not install it: residents cannot send videos."
    return
  fi
  mapfile -t packages <<<"$names"
  require_root "${packages[@]}"
  say "Installing system packages: ${packages[*]}"
  run_logged apt-update as_root apt-get update -q ||
    warn "the package lists could not be refreshed; trying with those that are here."
  # Names that bear a version may have become known only now.
  mapfile -t packages < <(missing_packages "$@")
  if [[ " ${packages[*]} " == *' postgresql '* ]]; then
    fail "this system offers no PostgreSQL of version $POSTGRES_MIN or newer. Use Debian 12, Ubuntu" \
      "24.04 or newer, or add the repository apt.postgresql.org; or name a database of your own" \
      "in GEOPORTAL_DATABASE_URL."
  fi
  run_logged apt-install apt_install "${packages[@]}" ||
    fail "the system packages could not be installed: ${packages[*]}. The lines above say why; most" \
      "often there is no network, or another installation is running. Then start again."
  names="$(missing_packages "$@")"
  [[ -z $names ]] ||
    fail "after the installation this is still missing: ${names//$'\n'/ }. Install it by hand, then start again."
  hash -r
}

# On a system without apt: say what to install by hand.
require_programs() {
  local missing=()
  [[ -n "$(find_python)" ]] || missing+=("Python $PYTHON_MIN with venv,")
  [[ -n ${GEOPORTAL_DATABASE_URL:-} || -n "$(find_postgres)" ]] ||
    missing+=("PostgreSQL $POSTGRES_MIN with PostGIS under /usr/lib/postgresql,")
  has_library libgdal.so || missing+=("GDAL,")
  command -v msgfmt >/dev/null || missing+=("gettext,")
  command -v node >/dev/null && { npm_packages_ready service || command -v npm >/dev/null; } ||
    missing+=("Node.js with npm,")
  has_ffmpeg || warn "ffmpeg is missing: residents cannot send videos until it is installed."
  ((${#missing[@]} == 0)) && return
  fail "this system has no apt-get; install ${missing[*]} then start again."
}
