"""Splink 5 as a careful user sets it up, on the identities our own step wrote down; run by Splink's own interpreter.

`python -m benchmarks.identity_splink <identities.parquet> <folder>` writes <folder>/splink_<threshold>.parquet
(identity_id, person_id) for each threshold and prints one JSON line of seconds. What it is given in good faith:
our own cleaning of names and numbers (pinyin, traditional forms, certificate numbers), term frequencies,
analytic u for numbers, birth dates read from a number only where the two numbers are not equal (one witness),
blocking on every pair of fields that survives damage. DuckDB's own edit distance is used on digits alone.
"""

import json
import logging
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.identity_fields import clean_fields

THRESHOLDS = (0.5, 0.9, 0.99, 0.999, 0.9999)


def _settings(records: int) -> SettingsCreator:
    number = comparisons.CustomComparison(output_column_name="digits", comparison_levels=[
        levels.NullLevel("digits"),
        levels.CustomLevel("digits_l = digits_r", "same").configure(u_probability=2.0 / records),
        levels.CustomLevel("number_l is not null and number_r is not null", "two whole numbers")
        .configure(m_probability=1e-4, fix_m_probability=True),
        levels.CustomLevel("digits_l[1:15] = digits_r[1:15]", "cut").configure(u_probability=1e-6),
        levels.CustomLevel("digits_l[1:17] = digits_r[1:17]", "check").configure(u_probability=1e-7),
        levels.CustomLevel("damerau_levenshtein(digits_l, digits_r) <= 1", "one slip").configure(u_probability=1e-6),
        levels.CustomLevel("damerau_levenshtein(digits_l, digits_r) <= 4", "near").configure(u_probability=1e-4),
        levels.ElseLevel(),
    ])  # fmt: skip
    name = comparisons.CustomComparison(output_column_name="name", comparison_levels=[
        levels.NullLevel("name"),
        levels.ExactMatchLevel("name", term_frequency_adjustments=True),
        levels.CustomLevel("sound_l = sound_r", "sounds alike"),
        levels.CustomLevel(
            "len(name_l) = len(name_r) and len(list_intersect(string_split(name_l, ''), string_split(name_r, '')))"
            " >= len(name_l) - 1 and len(name_l) >= 3", "one character"),
        levels.CustomLevel("surname_l = surname_r", "surname"),
        levels.ElseLevel(),
    ])  # fmt: skip
    birth = comparisons.CustomComparison(output_column_name="birth", comparison_levels=[
        levels.CustomLevel("birth_l is null or birth_r is null or coalesce(number_l = number_r, false)", "unknown")
        .configure(is_null_level=True),
        levels.ExactMatchLevel("birth"),
        levels.CustomLevel("abs(birth_l - birth_r) <= 31 or year(birth_l) = year(birth_r)", "near"),
        levels.ElseLevel(),
    ])  # fmt: skip
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[number, name, birth, comparisons.ExactMatch("sex"), comparisons.ExactMatch("phone"),
                     comparisons.ExactMatch("address"), comparisons.ExactMatch("family")],
        blocking_rules_to_generate_predictions=[
            block_on("digits"), block_on("name", "birth"), block_on("name", "phone"), block_on("name", "address"),
            block_on("name", "family"), block_on("name", "substr(digits, 1, 14)"),
            block_on("name", "substr(digits, 1, 6)", "substr(digits, 15, 4)"), block_on("name", "substr(digits, 7, 8)"),
            block_on("sound", "substr(digits, 1, 15)"), block_on("sound", "birth"),
        ],
        retain_matching_columns=False,
    )  # fmt: skip


def _train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("number", "name")], recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (block_on("number"), block_on("name", "birth"), block_on("phone", "name")):
        training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=2e6)


def main() -> None:
    """Link, cluster at every threshold, say how long it took."""
    source, folder = sys.argv[1], Path(sys.argv[2])
    logging.disable(logging.WARNING)
    started, cpu = time.perf_counter(), time.process_time()
    connection = duckdb.connect(config={"temp_directory": str(folder / "spill")})
    clean_fields(connection, source)
    connection.execute("create table folded as select *, identity_id as unique_id, name[1] as surname from fields")
    prepared = time.perf_counter()
    (records,) = connection.execute("select count(*) from folded").fetchall()[0]
    linker = Linker(DuckDBAPI(connection).register("folded"), _settings(records), log_level=None)
    _train(linker)
    trained = time.perf_counter()
    predicted = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    linked = time.perf_counter()
    clustering, cpu = 0.0, time.process_time() - cpu
    for threshold in THRESHOLDS:
        begun = time.perf_counter()
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        clustering = time.perf_counter() - begun
        connection.execute(
            f"copy (select unique_id as identity_id, cluster_id::varchar as person_id from {clusters.physical_name})"
            f" to '{folder}/splink_{threshold}.parquet' (format parquet)"
        )
    print(json.dumps({
        "prepare": prepared - started, "train": trained - prepared, "predict": linked - trained,
        "cluster": clustering, "seconds": linked - started + clustering, "cpu": cpu,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
