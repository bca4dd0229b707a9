#!/usr/bin/env bash
# The first Node.js of this machine that is of the VERSION asked for.
set -euo pipefail
for node in "$RECIPE_NODE" "$RECIPE_NODE_24"; do
  seen="$("$node" --version)"
  if [[ "$seen" == "v$VERSION" || "$seen" == "v$VERSION".* ]]; then
    echo "${node%/*}" >> "$GITHUB_PATH"
    echo "node-version=$seen" >> "$GITHUB_OUTPUT"
    exit 0
  fi
done
echo "::error::Unable to find Node version '$VERSION'"
exit 1
