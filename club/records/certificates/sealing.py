"""Signing a PDF file: PAdES baseline B with the club's key, as certified and closed to changes."""

from io import BytesIO

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from club.records.certificates.keys import Keys

_FIELD = "Signature"
_VERSION = (1, 7)
#: Room for the signature, in hexadecimal digits; with the longest names it takes 3,400. Trying out
#: how much it needs would cost as much as signing.
_ROOM = 4096


class _OneMoreRevision(IncrementalPdfFileWriter):
    """Adds the signature and leaves the rest as it is. Keys on curves make pyHanko call the file
    one of PDF 2.0, which PDF/A-2 and PDF/UA-1 are not made of; PAdES takes them in 1.7 as well.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, _VERSION))  # type: ignore[no-untyped-call]

    def register_extension(self, ext: DeveloperExtension) -> None:
        if str(ext.base_version) <= f"/{_VERSION[0]}.{_VERSION[1]}":
            super().register_extension(ext)


def signed(pdf: bytes, keys: Keys) -> bytes:
    """The file with an invisible signature over all of it."""
    certificate, authority = load_certs_from_pemder_data(
        b"".join(
            certificate.public_bytes(Encoding.PEM)
            for certificate in (keys.signing.certificate, keys.authority)
        )
    )
    key = keys.signing.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(key, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs([authority]),  # type: ignore[no-untyped-call]
    )
    how = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    sealed = PdfSigner(how, signer=signer, new_field_spec=SigFieldSpec(_FIELD)).sign_pdf(
        _OneMoreRevision(BytesIO(pdf)), bytes_reserved=_ROOM
    )
    assert isinstance(sealed, BytesIO)
    return sealed.getvalue()
