#!/bin/sh
# Keeps what the services write for themselves only, then runs the command.
set -eu
umask 077
exec "$@"
