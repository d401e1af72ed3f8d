# Everything that is done more than once. `just` lists it.

release := "target/release/gouji"
evaluation := "../shared"

_default:
    @just --list

# All checks, as continuous integration runs them
ci:
    .ci/run

# Tests only
test *ARGS:
    cargo test --workspace --locked {{ARGS}}

# Formatting
fmt:
    cargo fmt --all

# Lints, as errors
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Write the expected audit objects of the samples anew; read the diff before committing it
golden:
    cargo run --locked -p gouji-tests --bin golden

# Make the samples anew from their scripts
samples:
    python3 samples/make/make.py

# Accuracy on the evaluation set, where present, and how often each rule fired and was right
accuracy *ARGS: build
    python3 {{evaluation}}/eval/score.py --bin {{release}} {{ARGS}} {{evaluation}}/seeds {{evaluation}}/eval/cases
    python3 {{evaluation}}/eval/mutate.py --bin {{release}} {{evaluation}}/seeds {{evaluation}}/eval/cases
    python3 .ci/by_rule.py {{release}} samples {{evaluation}}/seeds {{evaluation}}/eval/cases

# Take the accuracy measured now as the new floor
raise-floor: build
    mkdir -p target/accuracy
    python3 {{evaluation}}/eval/score.py --bin {{release}} --json target/accuracy/score.json {{evaluation}}/seeds {{evaluation}}/eval/cases
    python3 {{evaluation}}/eval/mutate.py --bin {{release}} {{evaluation}}/seeds {{evaluation}}/eval/cases > target/accuracy/mutate.txt
    python3 .ci/by_rule.py {{release}} samples {{evaluation}}/seeds {{evaluation}}/eval/cases --json target/accuracy/rules.json
    python3 .ci/floor.py tests/floor.json target/accuracy/score.json target/accuracy/mutate.txt target/accuracy/rules.json --raise

# An archive of N generated circulars, with the errors planted in them
archive N DIR:
    cargo run --release --locked -p gouji-tests --bin archive -- {{N}} {{DIR}}

# What each stage of the chain costs, as ratios to the least that any reader must do
bench *ARGS:
    cargo bench --locked -p gouji-tests --bench chain {{ARGS}}
    cargo bench --locked -p gouji-tests --bench write

# The same document with python-docx (needs it), for comparison
speed SAMPLE="samples/website-check-clean.txt": build
    python3 .ci/speed.py {{release}} {{SAMPLE}}

# What reading costs: a Word document as a ratio to inflating and tokenising it, a large workbook as one to bare calamine
bench-reading:
    cargo bench --locked -p gouji-tests --bench document
    cargo bench --locked -p gouji-tests --bench workbook

# Time and memory of a run over a generated archive
run-archive N="2000": build
    rm -rf target/bench && mkdir -p target/bench
    cargo run --release --locked -p gouji-tests --bin archive -- {{N}} target/bench/archive
    bash -c 'time {{release}} -q --threads 1 run target/bench/archive --out target/bench/one --fail-on never'
    bash -c 'time {{release}} -q run target/bench/archive --out target/bench/all --fail-on never'

# Damaged documents for so many minutes: TARGET is docx, xlsx, xls, doc, rtf, txt, html, numerals, ledger, write-read or all
fuzz TARGET MINUTES="10" SEED="1":
    cargo run --profile fuzz --locked -p gouji-tests --bin fuzz -- {{TARGET}} --seconds $(({{MINUTES}} * 60)) --seed {{SEED}}

# Time and memory of each hostile document at full size
hostile *NAMES: build
    cargo run --release --locked -p gouji-tests --bin hostile -- {{release}} {{NAMES}}

# The library documentation
docs:
    cargo doc --workspace --no-deps --locked

# Completion script for a shell
completions SHELL: build
    {{release}} completions {{SHELL}}

build:
    cargo build --release --locked -p gouji
