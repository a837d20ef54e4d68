package dev.cofre.client.format;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.Malformed;
import java.util.List;

/// What the vault's members know of a send besides what is signed: no key of it. Read as hostile, since any editor may have made it.
///
/// @param label for whom it is, as its author says; may be empty
/// @param note what was said with it; may be empty
/// @param count how many files were sent, or 0 for a text
/// @param contents their names and sizes, at most [#MAX_NAMED] of them
public record SendDescription(String label, String note, long count, List<Content> contents) {
  /// Most files that are named.
  public static final int MAX_NAMED = 32;

  /// A file that was sent.
  public record Content(String name, long size) {}

  /// Names only the first ones.
  public SendDescription {
    contents = contents.stream().limit(MAX_NAMED).toList();
  }

  /// The CBOR, to be padded and sealed. The caller wipes it.
  ///
  /// @throws IllegalArgumentException when the label has more than 200 bytes, the note more than 4000, or a name none or more than 255
  public byte[] encode() {
    return RecordLayout.CODEC.encode(
        new RecordLayout.OfSend(
            label,
            note,
            count,
            contents.stream().map(c -> new RecordLayout.Content(c.name(), c.size())).toList()));
  }

  /// Reads the record of a send.
  ///
  /// @throws CofreException [Malformed], or [dev.cofre.client.failure.Unsupported] when a newer release wrote it
  public static SendDescription read(byte[] cbor) throws CofreException {
    if (FileRecord.layout(cbor) instanceof RecordLayout.OfSend of) {
      return new SendDescription(
          of.label(),
          of.note(),
          of.count(),
          of.contents().stream().map(c -> new Content(c.name(), c.size())).toList());
    }
    throw new Malformed("the record of a send is another");
  }
}
