package dev.cofre.protocol;

/// A send: contents of a vault that leave the team by a link; random, made by the client that sends.
public record SendId(Bytes value) implements Id {
  /// Bytes of an id of this kind.
  public static final int LENGTH = 16;

  public SendId {
    Id.requireLength(value, LENGTH);
  }

  /// The file whose one version describes the send to the vault's members: of the same bytes.
  public FileId description() {
    return new FileId(value);
  }

  @Override
  public String toString() {
    return value.hex();
  }
}
