#!/usr/bin/env bash
# Runs the bot against the third-party emulator: run.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")"
for tool in node npm; do
	command -v "$tool" >/dev/null || { echo "emulator: there is no $tool"; exit 77; }
done
timeout 300 npm ci --no-audit --no-fund --silent
exec timeout 280 node run.mjs "$program"
