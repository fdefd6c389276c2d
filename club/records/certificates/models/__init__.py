"""The tables of certificates: what every kind has, and certificates of completion."""

from club.records.certificates.models.completions import (
    CertificateBatch,
    CertificateException,
    CertificateStep,
    CertificateStepKind,
    CompletionCertificate,
)
from club.records.certificates.models.every_kind import (
    Certificate,
    CertificateDesign,
    CertificateState,
    DesignLanguage,
    NumberSeries,
    SigningKey,
)

__all__ = [
    "Certificate",
    "CertificateBatch",
    "CertificateDesign",
    "CertificateException",
    "CertificateState",
    "CertificateStep",
    "CertificateStepKind",
    "CompletionCertificate",
    "DesignLanguage",
    "NumberSeries",
    "SigningKey",
]
