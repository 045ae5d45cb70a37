#!/bin/sh
# From the tiny world to subsets: sh examples/tiny-world/walk.sh [project] [folder]
# Run it from the root of the repository while `npm start` runs, with a world made before
# (npm run tiny-world). Every step goes on where it stopped.
set -e
project="${1:-demo}"
world="${2:-data/tiny-world}"
here=examples/tiny-world
winnow() { npm run --silent winnow -- "$@"; }
in_dataset="--project $project --dataset tiny-world"

winnow dataset add "$world/clips-known.csv" --project "$project" --name tiny-world \
  --mapping $here/dataset.yaml --media-root "$world"

node_modules/.bin/node $here/llm-page.ts 8101 &
page=$!
trap 'kill $page' EXIT
export WINNOW_LLM_URL=http://127.0.0.1:8101/v1
export WINNOW_LLM_REQUESTS_PER_MINUTE=600000 WINNOW_LLM_TOKENS_PER_MINUTE=100000000
winnow curate run $here/curation.yaml --project "$project"

winnow axis add $in_dataset --score flow --drop low --control
winnow axis add $in_dataset --score ocr --drop high --control
winnow axis add $in_dataset --score match_text --name match --drop low --control
winnow axis add $in_dataset --score aes --drop low --control

winnow subset combine $in_dataset flow=0.25 ocr=0.125 match=0.125 aes=0.25 --name curated --control

mkdir -p "$world/manifests"
for subset in $(winnow subset list $in_dataset --json | sed -n 's/^    "slug": "\(.*\)",$/\1/p'); do
  winnow manifest export "$subset" $in_dataset --format csv --out "$world/manifests/$subset.csv"
done
node_modules/.bin/node $here/count-faults.ts "$world/clips-known.csv" "$world"/manifests/*.csv
