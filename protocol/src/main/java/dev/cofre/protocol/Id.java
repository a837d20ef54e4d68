package dev.cofre.protocol;

/// An identifier of fixed length, written in hexadecimal for people and as a byte string on the wire.
public sealed interface Id
    permits TeamId,
        VaultId,
        MemberId,
        DeviceId,
        InviteId,
        FileId,
        RevisionId,
        BlobId,
        UploadId,
        RelayId,
        SendId,
        Hash {
  /// The raw identifier.
  Bytes value();

  /// Lower-case hexadecimal.
  default String hex() {
    return value().hex();
  }

  /// Checks the length that a kind of id has.
  ///
  /// @throws IllegalArgumentException when the value has another length
  static void requireLength(Bytes value, int length) {
    if (value.length() != length) {
      throw new IllegalArgumentException(
          "an id of " + value.length() + " bytes, expected " + length);
    }
  }
}
