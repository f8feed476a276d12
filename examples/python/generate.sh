#!/bin/sh
# Generates the Python classes of the records from the .proto files, into generated/ beside this script or into the
# folder given. PYTHON names the interpreter that has the packages of requirements.txt; python3 by default.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/generated}
mkdir -p "$out"
"${PYTHON:-python3}" -m grpc_tools.protoc \
    --proto_path="$here/../../proto" \
    --python_out="$out" \
    --pyi_out="$out" \
    safir/v1/article.proto safir/v1/event.proto
