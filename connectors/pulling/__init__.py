"""Fetching deliveries into the inbox: folders, SFTP and SMB through fsspec, database views through SQLAlchemy.

The one rule: the inbox gets whole files only, and nothing at a source is ever changed.
"""

FILE_NAME = "pulling.toml"
