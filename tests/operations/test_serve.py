import socket

from operations import serve


def test_a_taken_port_is_said(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not serve.is_free("127.0.0.1", port)
        assert serve.main(["--port", str(port)]) == 1
    assert f"make run PORT={port + 1}" in capsys.readouterr().err
    assert serve.is_free("127.0.0.1", port)


def test_it_is_not_for_production(monkeypatch, capsys):
    monkeypatch.setenv("PPX_ENV", "production")
    assert serve.main([]) == 1
    assert "docs/production.md" in capsys.readouterr().err
