package dev.cofre.client.replica;

import dev.cofre.client.crypto.Hashes;
import dev.cofre.client.disk.DiskErrors;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What this device keeps of one vault: its chain as the exact bytes, what was learnt from it, and the channels that this device
/// made in it.
public final class VaultStore {
  private static final String UPLOAD = ".upload";

  private final Replica replica;
  private final VaultId vault;
  private final SealedLog<Stored.Chain> chain;
  private final SealedLog<Stored.Index> index;
  private final SealedFile<Stored.OwnChannels> channels;
  private final Path directory;
  private final LocalSeal seal;

  VaultStore(Replica replica, VaultId vault, Path directory, LocalSeal seal) {
    this.replica = replica;
    this.vault = vault;
    this.directory = directory;
    this.seal = seal;
    String prefix = vault.hex() + ".";
    chain = new SealedLog<>(directory, prefix + "chain", seal, Stored.Chain.CODEC);
    index = new SealedLog<>(directory, prefix + "index", seal, Stored.Index.CODEC);
    channels = new SealedFile<>(directory, prefix + "channels", seal, Stored.OwnChannels.CODEC);
  }

  /// Takes what was learnt, in order.
  public interface FactReader {
    /// One fact.
    void take(Stored.Fact fact) throws CofreException;
  }

  /// Takes the chain, in order.
  public interface ChainReader {
    /// One commit with its sealed records.
    void take(Commits.Item item) throws CofreException;
  }

  /// The vault.
  public VaultId vault() {
    return vault;
  }

  /// The pinned head.
  public Head head() {
    return replica.pins().vault(vault).head();
  }

  /// Adds verified commits and what was learnt from them, then pins the new head. Durable when it returns; cleanly absent when
  /// it fails.
  public void append(List<Commits.Item> commits, List<Stored.Fact> facts, Head head)
      throws LocalState {
    Pins.OfVault pin = replica.pins().vault(vault);
    Extent chained = pin.chain();
    if (!commits.isEmpty()) {
      chained = chain.append(chained, commits, Stored.Chain::new);
    }
    Extent indexed = index.append(pin.index(), facts, Stored.Index::new);
    replica.pin(new Pins.OfVault(vault, head, chained, indexed));
  }

  /// Adds what was learnt later of commits that are there.
  public void append(List<Stored.Fact> facts) throws LocalState {
    append(List.of(), facts, head());
  }

  /// Reads what was learnt.
  public void readFacts(FactReader reader) throws CofreException {
    index.read(
        replica.pins().vault(vault).index(),
        segment -> {
          for (Stored.Fact fact : segment.facts()) {
            reader.take(fact);
          }
        });
  }

  /// Reads the chain.
  public void readChain(ChainReader reader) throws CofreException {
    chain.read(
        replica.pins().vault(vault).chain(),
        segment -> {
          for (Commits.Item item : segment.commits()) {
            reader.take(item);
          }
        });
  }

  /// The channels made by this device. None, if the file is lost: then new ones are made.
  public List<Stored.OwnChannel> channels() throws LocalState {
    return channels.read().map(Stored.OwnChannels::channels).orElse(List.of());
  }

  /// Replaces the list of channels.
  public void saveChannels(List<Stored.OwnChannel> all) throws LocalState {
    channels.write(new Stored.OwnChannels(all));
  }

  /// What is remembered of the upload of a local file to a path, if that began and was not committed.
  public UploadJournal upload(Path local, String target) throws CofreException {
    byte[] which =
        Hashes.sha256(
                Context.of(
                    Label.LOCAL,
                    vault.value(),
                    Bytes.of(utf8(local.toString())),
                    Bytes.of(utf8(target))))
            .toArray();
    return UploadJournal.open(
        directory, vault.hex() + "." + Bytes.of(which, 0, 16).hex() + UPLOAD, seal);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Forgets uploads that nobody went on with since a moment.
  public void forgetUploads(Instant before) throws LocalState {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(directory, vault.hex() + ".*" + UPLOAD)) {
      for (Path file : found) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw DiskErrors.failed("cannot clear " + directory, directory, e);
    }
  }
}
