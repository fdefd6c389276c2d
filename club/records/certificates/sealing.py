"""Signing a PDF file: PAdES baseline B with the club's key, as certified and closed to changes."""

from io import BytesIO

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from club.records.certificates.keys import Keys

_FIELD = "Signature"
#: Room for the signature, in hexadecimal digits; with the longest names it takes 3,400. Trying out
#: how much it needs would cost as much as signing.
_ROOM = 4096


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
        IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=_ROOM
    )
    assert isinstance(sealed, BytesIO)
    return sealed.getvalue()
