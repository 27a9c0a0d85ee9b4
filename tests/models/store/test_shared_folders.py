"""Which folders lie on the network or are shared with another machine, on Linux and on Windows."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.store.access import file_system, is_remote, shared_as

_MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 27 0:40 / /mnt/chung rw - cifs //may-chu/chung rw,vers=3.0
41 27 0:41 / /mnt/chung/trong rw - ext4 /dev/sdb1 rw
42 27 0:42 / /home/lan/Sân\\040Sao rw - fuse.sshfs lan@may:/ rw
43 27 0:43 / /media/usb rw - vfat /dev/sdc1 rw
44 27 0:44 / /srv/che rw - nfs4 may:/x rw
45 44 0:45 / /srv/che rw - tmpfs tmpfs rw
46 27 0:46 / /srv/hai\\134ba rw - vboxsf chung rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"), ("/mnt", "ext4"), ("/mnt/chung", "cifs"), ("/mnt/chung/kế hoạch", "cifs"),
        ("/mnt/chungkhac", "ext4"), ("/mnt/chung/trong/x", "ext4"), ("/media/usb/KeHoachSo-data", "vfat"),
        ("/srv/che/x", "tmpfs"), ("/srv/hai\\ba/x", "vboxsf"), ("/home/lan/Sân Sao/x", "fuse.sshfs"),
    ],
)  # fmt: skip
def test_which_file_system_a_folder_is_on(path: str, kind: str) -> None:
    assert file_system(path, _MOUNTS) == kind


def test_shared_folders_are_known(tmp_path: Path) -> None:
    def mounts(kind: str) -> str:
        return f"27 1 254:0 / / rw - ext4 /dev/vda rw\n40 27 0:40 / {tmp_path} rw - {kind} may:/chung rw\n"

    for kind in ("nfs", "nfs4", "cifs", "smb3", "9p", "vboxsf", "fuse.sshfs", "fuse.gvfsd-fuse", "davfs"):
        assert shared_as(tmp_path / "chưa có", mounts(kind)) == kind
        (tmp_path / "lối tắt").symlink_to(tmp_path / "chưa có")
        assert shared_as(tmp_path / "lối tắt", mounts(kind)) == kind
        (tmp_path / "lối tắt").unlink()
    for kind in ("ext4", "vfat", "exfat", "fuseblk", "btrfs", "overlay", "tmpfs"):
        assert shared_as(tmp_path, mounts(kind)) == ""
    assert shared_as(tmp_path, "") == shared_as(tmp_path, "strange\n - \n") == ""
    assert shared_as(tmp_path) == ""


@given(st.lists(st.text("ab/ ", min_size=1, max_size=6), max_size=8), st.text("ab/ ", max_size=12))
def test_the_innermost_mount_counts(points: list[str], below: str) -> None:
    points = [posixpath.normpath("/x/../" + point.strip("/")) for point in points]
    escaped = [point.replace(" ", "\\040") for point in points]
    lines = [f"{n} 1 0:{n} / {point} rw - kind{n} x rw" for n, point in enumerate(escaped)]
    path = posixpath.normpath("/x/../" + below.strip("/"))
    holding = [n for n, point in enumerate(points) if posixpath.commonpath([point, path]) == point]
    expected = f"kind{max(holding, key=lambda n: (len(points[n]), n))}" if holding else ""
    assert file_system(path, "\n".join(lines)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\Users\Lan\AppData\Local\KeHoachSo", False), (r"\\may-chu\chung\ke hoach", True),
        (r"\\?\UNC\may-chu\chung\x", True), (r"\\?\C:\x", False), (r"Z:\ke hoach", True), ("//may-chu/chung/x", True),
    ],
)  # fmt: skip
def test_network_paths_of_windows(path: str, expected: bool) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return 4 if root == "Z:\\" else 3

    assert is_remote(path, drive_type) == expected
    assert all(len(root) == 3 for root in asked)
