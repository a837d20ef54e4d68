package dev.cofre.protocol.api;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.cbor.Length;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.vault.Bundle;
import dev.cofre.protocol.vault.Commit;
import java.util.List;

/// A vault's history and the wraps that make it readable.
public final class Commits {
  /// Longest request or response body of these conversations, in bytes.
  public static final int MAX_BODY = 16 << 20;

  private Commits() {}

  /// A sealed record; empty once purged. A record is at most 16 KiB before padding and sealing.
  public record SealedRecord(@Length(max = 17 << 10) Bytes sealed) {}

  /// A commit, the sealed record of each put in order, one bundle for each current recipient, and the channels among those
  /// bundles that the server may not have yet.
  public record Append(
      SignedBytes commit,
      @Length(max = Commit.MAX_CHANGES) List<SealedRecord> records,
      @Length(max = 1024) List<Bundle> bundles,
      @Length(max = 1024) List<SignedBytes> channels) {
    /// The wire form.
    public static final Codec<Append> CODEC = Codec.of(Append.class);
  }

  /// A commit as stored.
  public record Item(
      SignedBytes commit, @Length(max = Commit.MAX_CHANGES) List<SealedRecord> records) {}

  /// Commits in order, the caller's bundles with runs among them, the channels of those bundles, and the vault's head: more
  /// follow while the last commit is below it.
  public record Page(
      @Length(max = 500) List<Item> commits,
      @Length(max = 10_000) List<Bundle> bundles,
      @Length(max = 10_000) List<SignedBytes> channels,
      Head head) {
    /// The wire form.
    public static final Codec<Page> CODEC = Codec.of(Page.class);
  }

  /// Bundles and their channels.
  public record Bundles(
      @Length(max = 10_000) List<Bundle> bundles,
      @Length(max = 10_000) List<SignedBytes> channels) {
    /// The wire form.
    public static final Codec<Bundles> CODEC = Codec.of(Bundles.class);
  }

  /// The caller's wraps of a range of commits as far as `through`; whoever asked for more asks again from there.
  public record BundlePage(
      @Length(max = 10_000) List<Bundle> bundles,
      @Length(max = 10_000) List<SignedBytes> channels,
      long through) {
    /// The wire form.
    public static final Codec<BundlePage> CODEC = Codec.of(BundlePage.class);
  }

  /// Recipients that hold fewer wraps than there are readable revisions: a hint, checked by whoever acts on it.
  public record Missing(@Length(max = 10_000) List<Lack> recipients) {
    /// The wire form.
    public static final Codec<Missing> CODEC = Codec.of(Missing.class);
  }

  /// One recipient, and commits `from`..`to` of which wraps are missing. Of a recipient there are as many as runs of such commits, up to
  /// [#MAX_LACKS], the last of which then ends with the history.
  public record Lack(MemberId recipient, long from, long to) {
    /// Most of one recipient in one answer.
    public static final int MAX_LACKS = 64;
  }

  /// Commits of which the caller, a recipient, holds wraps that open nothing.
  public record Unusable(@Length(min = 1, max = Unusable.MAX_COMMITS) List<Place> commits) {
    /// The wire form.
    public static final Codec<Unusable> CODEC = Codec.of(Unusable.class);

    /// Most in one request.
    public static final int MAX_COMMITS = 500;
  }

  /// A commit by its place.
  public record Place(long seq) {}

  /// How many different files of the vault the member fetched, as far as this server saw.
  public record Fetched(long files) {
    /// The wire form.
    public static final Codec<Fetched> CODEC = Codec.of(Fetched.class);
  }
}
