"""What a tablet sends about itself."""

REPORT = {"app": "0.2.0", "queue": {"count": 2, "files": 37, "bytes": 14_600_000,
                                    "oldest_at": "2026-11-22T03:00:00.000Z"},
          "drafts": 1, "storage": {"persisted": True, "free": 9_300_000_000}}


def report(client, token, body=REPORT, **headers):
    return client.put("/api/device", json=body, headers={"Authorization": f"Bearer {token}", **headers})


def enrol(client, name="Máy của Ánh"):
    return client.post("/account/devices", json={"name": name})
