# shellcheck shell=bash
# Programs that a script starts and takes down again.

CHILDREN=()

# Start a program in a session of its own, so that Ctrl-C on the terminal reaches the script alone,
# which then stops its programs in order. When the script itself is killed, they are told to stop.
# Its process id goes to CHILD.
start_child() {
  setsid setpriv --pdeathsig TERM -- "$@" </dev/null 8<&- 9<&- &
  CHILD=$!
  CHILDREN+=("$CHILD")
}

# Run a program to its end; a signal to the script ends it early.
run_child() {
  local result=0
  start_child "$@"
  wait "$CHILD" || result=$?
  forget_child "$CHILD"
  return "$result"
}

# A child that has ended: its number may soon be another program's, so it must not be stopped later.
forget_child() {
  local child kept=()
  for child in "${CHILDREN[@]}"; do
    [[ $child == "$1" ]] || kept+=("$child")
  done
  CHILDREN=("${kept[@]}")
}

is_running() {
  kill -0 "$1" 2>/dev/null
}

# Ask all children to stop, wait for them, and end by force what has not obeyed in 15 seconds.
stop_children() {
  local child deadline=$((SECONDS + 15))
  for child in "${CHILDREN[@]}"; do
    kill -TERM "$child" 2>/dev/null || true
  done
  for child in "${CHILDREN[@]}"; do
    while is_running "$child" && ((SECONDS < deadline)); do
      sleep 0.1
    done
    # The whole session: also what the child has started.
    kill -KILL -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  done
  CHILDREN=()
}
