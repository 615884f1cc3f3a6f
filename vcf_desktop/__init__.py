"""VCF Desktop: review lateral spine films for vertebral compression fractures."""

__version__ = "0.1.0"
