#!/bin/sh
# Re-create the vendored front-end files from npm: see vendor/README.md.
set -eu
cd "$(dirname "$0")/vendor"
npm ci --ignore-scripts
node copy.mjs
