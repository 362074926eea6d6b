from hashlib import sha256

from scheduler.report import vendored

ALLOWED = {"BSD-2-Clause", "BSD-3-Clause", "MIT", "ISC", "Apache-2.0"}


def test_the_files_are_those_that_were_vendored():
    for package in vendored.packages():
        for name, digest in package["files"].items():
            assert sha256((vendored.VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_every_vendored_file_is_listed():
    listed = {name for package in vendored.packages() for name in package["files"]} | {"vendor.toml"}
    there = {
        path.relative_to(vendored.VENDOR).as_posix() for path in vendored.VENDOR.rglob("*") if path.is_file()
    }
    assert there == listed


def test_every_package_has_its_licence_and_its_text():
    for package in vendored.packages():
        assert package["licence"] in ALLOWED
        assert package["licence_file"] in package["files"]


def test_what_is_put_on_a_page_fetches_nothing_and_cannot_end_its_tag():
    script, style = vendored.script("leaflet/leaflet.js"), vendored.style("leaflet/leaflet.css")
    assert "</script" not in script
    assert "sourceMappingURL" not in script
    assert "url(" not in style
    assert ".leaflet-container" in style
