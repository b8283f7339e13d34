# shellcheck shell=bash
# What belongs to the checkout: the Python environment in .venv, the browser's libraries in
# node_modules, compiled translations. Each step leaves a stamp with the hash of its input and is
# skipped while the hash stays the same.

PYTHON="$ROOT/.venv/bin/python"

hash_of() {
  sha256sum -- "$@" | sha256sum | cut -c1-32
}

# Only one script at a time installs into a checkout.
with_checkout_lock() {
  (
    if ! flock -n 8; then
      say "Waiting for another script that installs into this folder"
      flock 8
    fi
    "$@"
  ) 8<"$ROOT/requirements.txt"
}

python_packages_ready() {
  local stamp="$ROOT/.venv/.$1.stamp"
  [[ -f $stamp && "$(cat "$stamp")" == "$(python_packages_hash "$1")" ]]
}

python_packages_hash() {
  if [[ $1 == requirements-dev ]]; then
    hash_of requirements.txt requirements-dev.txt
  else
    hash_of requirements.txt
  fi
}

# Make .venv with the pinned packages. Argument: `requirements` or `requirements-dev`.
install_python_packages() {
  local python hash options=()
  # Made, but left without pip: the making was interrupted.
  if ! "$PYTHON" -c '' 2>/dev/null || { [[ ! -f $ROOT/.venv/.requirements.stamp ]] && ! "$PYTHON" -c 'import pip' 2>/dev/null; }; then
    python="$(find_python)"
    [[ -n $python ]] || fail "Python $PYTHON_MIN or newer is needed; this system has none. Install it, then start again."
    say "Making the Python environment .venv"
    run_logged venv "$python" -m venv --clear "$ROOT/.venv" ||
      fail "the Python environment could not be made in $ROOT/.venv. Check that this folder can be" \
        "written by $(id -un) and that the disk has room, then start again."
  fi
  python_packages_ready "$1" && return
  hash="$(python_packages_hash "$1")"
  say "Installing Python packages ($1.txt)"
  # Most modules of the tests' packages are never asked for; those that are get compiled then. An
  # installation may be read by who cannot write into it, so it is compiled here.
  [[ $1 == requirements-dev ]] && options=(--no-compile)
  run_logged pip "$PYTHON" -m pip install --no-input --disable-pip-version-check \
    --only-binary=:all: "${options[@]}" --requirement "$1.txt" ||
    fail "pip could not install the Python packages. The lines above say why; most often there is no" \
      "network (a mirror can be named in PIP_INDEX_URL) or no room on the disk. Then start again."
  printf '%s\n' "$hash" >"$ROOT/.venv/.$1.stamp"
  # The tests' packages include those of the service.
  python_packages_hash requirements >"$ROOT/.venv/.requirements.stamp"
}

# Argument: `service`, or `test` for the tools that check modules and style sheets as well.
npm_packages_ready() {
  local stamp="$ROOT/node_modules/.geoportal.$1.stamp"
  [[ -f $stamp && "$(cat "$stamp")" == "$(hash_of package-lock.json)" ]]
}

install_npm_packages() {
  local omit=--omit=dev
  npm_packages_ready "$1" && return
  say "Installing the browser's libraries (package-lock.json)"
  [[ $1 == test ]] && omit=--include=dev
  run_logged npm npm ci --ignore-scripts "$omit" ||
    fail "npm could not install the browser's libraries. The lines above say why; most often there is" \
      "no network (a mirror can be named in npm_config_registry) or no room on the disk. Then start again."
  hash_of package-lock.json >"$ROOT/node_modules/.geoportal.$1.stamp"
  # The tests' packages include those of the service.
  hash_of package-lock.json >"$ROOT/node_modules/.geoportal.service.stamp"
}

compile_translations() {
  local source
  while IFS= read -r source; do
    if ! [[ "${source%.po}.mo" -nt $source ]]; then
      run_logged msgfmt msgfmt --check-format -o "${source%.po}.mo" "$source" ||
        fail "the translation $source is not valid. Correct the line named above, then start again."
    fi
  done < <(find geoportal layers tiles importers -name '*.po' -path '*/LC_MESSAGES/*')
}

install_into_checkout() {
  if [[ $1 == test ]]; then
    install_python_packages requirements-dev
  else
    install_python_packages requirements
  fi
  install_npm_packages "$1"
  compile_translations
}

# Everything that must be there first. Argument: `service`, or `test` for what tests need as well.
prepare() {
  if [[ $1 == test ]]; then
    install_system_packages server test
    with_checkout_lock install_into_checkout test
    install_test_browser
  else
    install_system_packages server
    with_checkout_lock install_into_checkout service
  fi
}

# Where the system has no Chromium of its own, Playwright brings one.
install_test_browser() {
  GEOPORTAL_TEST_CHROMIUM="$(find_chromium)"
  export GEOPORTAL_TEST_CHROMIUM
  [[ -n $GEOPORTAL_TEST_CHROMIUM || -f $ROOT/.venv/.chromium.stamp ]] && return
  say "Installing Chromium for tests"
  run_logged playwright "$PYTHON" -m playwright install --with-deps chromium ||
    fail "Chromium for the browser tests could not be installed. The lines above say why. Install a" \
      "Chromium by hand, then start again."
  touch "$ROOT/.venv/.chromium.stamp"
}

# A secret of this data folder, made once, unless the operator has named one.
use_secret_key() {
  local file="$DATA_DIR/secret_key"
  if [[ -z ${GEOPORTAL_SECRET_KEY:-} ]]; then
    if ! [[ -s $file ]]; then
      (umask 077 && "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(50))' >"$file.new" && mv "$file.new" "$file")
    fi
    GEOPORTAL_SECRET_KEY="$(<"$file")"
  fi
  export GEOPORTAL_SECRET_KEY
}
