"""Where files lie: a folder of this machine, SFTP or SMB, each as an fsspec filesystem that is only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import fsspec
from fsspec.spec import AbstractFileSystem

from connectors.pulling.declared import SFTP, SMB
from connectors.pulling.faults import Judge, general, told_as
from connectors.pulling.passwords import Vault
from connectors.pulling.sources import FileSource


@dataclass(frozen=True)
class Place:
    """An open filesystem, and what its library's errors mean."""

    files: AbstractFileSystem
    judge: Judge = general


@contextmanager
def opened(source: FileSource, vault: Vault) -> Iterator[Place]:
    """The place of a source, closed afterwards. Raises PullFault for whatever its library raises inside."""
    # The libraries for servers are imported where one is declared: they take half a second.
    if source.kind == SFTP and source.server:
        from connectors.pulling.sftp import judge, sftp

        with told_as(source.name, judge), sftp(source.name, source.server, vault) as files:
            yield Place(files, judge)
    elif source.kind == SMB and source.server:
        from connectors.pulling.smb import judge, smb

        with told_as(source.name, judge), smb(source.name, source.server, vault) as files:
            yield Place(files, judge)
    else:
        with told_as(source.name):
            yield Place(fsspec.filesystem("file"))
