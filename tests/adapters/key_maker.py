"""A process that opens a vault and asks for certificates, for tests that kill it on the way.

``python -m tests.adapters.key_maker FOLDER`` writes the fingerprint of the keys that it asks for.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.adapters.keys.software import SoftwareKeys
from desktop.adapters.vault import Vault


def fingerprint(folder: Path) -> str:
    request = SoftwareKeys(Vault.open(folder), issuer_id="APO1", country="DE").request()
    digest = hashlib.sha256()
    for csr in (request.signing_csr, request.device_csr):
        public = x509.load_der_x509_csr(csr).public_key()
        digest.update(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return digest.hexdigest()


if __name__ == "__main__":
    print(fingerprint(Path(sys.argv[1])), flush=True)  # noqa: T201 - it is what the test listens to
