#!/bin/sh
# Starts nginx: with TLS when a certificate is there, else for a proxy in front of it that does TLS.
# A certificate that cannot be read is an error, never a reason to go on without.
set -eu
if [ -e /certs/tls.crt ] || [ -e /certs/tls.key ]; then mode=tls; else mode=plain; fi
exec nginx -e stderr -c "/etc/vib/$mode.conf" -g 'daemon off;'
