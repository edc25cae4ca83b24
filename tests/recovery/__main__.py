"""Interrupts runs on purpose and prints, as Markdown tables, what the next run made of it.

`python -m tests.recovery --kills 200` kills with -9 at named points and at random times;
`python -m tests.recovery --faults 1` lets every change of a file fail once (10: every tenth), and memory run short;
that needs a C compiler.
"""

import argparse
import importlib
import os
import sys
import tempfile
from pathlib import Path

from tests.recovery import faults
from tests.recovery.faults import Failure, Prepare
from tests.recovery.kills import Outcome, Unkilled, killed_once, trials, unkilled
from tests.recovery.scenes import Scene, build_scenes
from tests.recovery.trial import apart


def main() -> int:
    """Prepare the scenes and do what is asked for; 1 if anything was lost, doubled or mixed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=0, help="how many kills in all")
    parser.add_argument("--faults", type=int, default=0, metavar="STEP", help="let every STEPth change of a file fail")
    parser.add_argument("--scene", help="only the scene of this name")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.faults and faults.LOADED not in os.environ:
        faults.start_again_with(faults.compile_faults(Path(tempfile.gettempdir())), "tests.recovery", sys.argv[1:])
    importlib.import_module("great_expectations")  # seconds, which no trial should pay
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        scenes = apart(lambda: build_scenes(scratch / "scenes"), scratch)
        killed = [scene for scene in scenes if scene.name == (options.scene or scene.name) and not scene.is_small]
        failing = [scene for scene in scenes if scene.name == options.scene or (scene.is_small and not options.scene)]
        wrong = _kill(killed, options.kills // len(killed), options.seed, scratch) if options.kills else 0
        wrong += _fail(failing, options.faults, scratch) if options.faults else 0
    return 1 if wrong else 0


def _kill(scenes: list[Scene], count: int, seed: int, scratch: Path) -> int:
    print("| scene | kills | hit | lost or doubled | reader looked | mixed | errors | longest repair, s |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    told: list[Outcome] = []
    for scene in scenes:
        truth = unkilled(scene, scratch)
        here = []
        for moment in trials(truth, count, seed):
            here.append(killed_once(scene, truth, moment, scratch))
            if here[-1].is_wrong:
                print(f"!! {here[-1]}", flush=True)
        print(
            f"| {scene.name} | {len(here)} | {sum(one.hit for one in here)} | {sum(bool(one.wrong) for one in here)}"
            f" | {sum(one.looked for one in here)} | {sum(one.mixed for one in here)}"
            f" | {sum(one.errors for one in here)} | {max(one.repair_seconds for one in here):.1f} |",
            flush=True,
        )
        told += here
    return sum(one.is_wrong for one in told)


def _fail(scenes: list[Scene], step: int, scratch: Path) -> int:
    print("| scene | fault | tried | run failed | died | went on | wrong afterwards | longest repair, s |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    told: list[Failure] = []
    for scene in scenes:
        truth = unkilled(scene, scratch)
        changes = range(1, faults.changes_of(scene, scratch) + 1, step)
        kinds = {
            f"{name}, of {changes.stop - 1} changes": [(nth, faults.failing_change(nth, error)) for nth in changes]
            for name, error in faults.KINDS.items()
        }
        kinds["memory, MB"] = [(size, faults.short_of_memory(size)) for size in faults.MEGABYTES]
        for name, failing in kinds.items():
            here = [_failed(name, scene, truth, nth, prepare, scratch) for nth, prepare in failing]
            print(
                f"| {scene.name} | {name} | {len(here)} | {sum(one.status == 1 for one in here)}"
                f" | {sum(one.status < 0 for one in here)} | {sum(one.status == 0 for one in here)}"
                f" | {sum(bool(one.wrong) for one in here)} | {max(one.repair_seconds for one in here):.1f} |",
                flush=True,
            )
            told += here
    return sum(bool(one.wrong) for one in told)


def _failed(name: str, scene: Scene, truth: Unkilled, nth: int, prepare: Prepare, scratch: Path) -> Failure:
    failure = faults.failed_once(scene, truth, nth, prepare, scratch)
    if failure.wrong:
        print(f"!! {name}: {failure}", flush=True)
    return failure


if __name__ == "__main__":
    sys.exit(main())
