"""The disk: what is written is there whole or not at all, and what was reported as written stays after a power cut."""

from evidermis.disk.files import file_beside, write_file
from evidermis.disk.folders import recover, write_folder
from evidermis.disk.holding import held
from evidermis.disk.logs import append_line

__all__ = ["append_line", "file_beside", "held", "recover", "write_file", "write_folder"]
