package dev.cofre.bench;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.cbor.MalformedException;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.Commit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// CBOR of a commit of 1000 changes.
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Encoding {
  private static final int CHANGES = 1000;

  private final RandomSource random = RandomSource.system();
  private final Commit commit = commit();
  private final byte[] cbor = Commit.CODEC.encode(commit);

  private Commit commit() {
    List<Change> changes =
        IntStream.range(0, CHANGES)
            .<Change>mapToObj(_ ->
                new Change.Put(
                    new FileId(random.bytes(FileId.LENGTH)),
                    new RevisionId(random.bytes(RevisionId.LENGTH)),
                    Optional.empty(),
                    Optional.of(new BlobId(random.bytes(BlobId.LENGTH))),
                    hash()))
            .toList();
    return new Commit(
        new TeamId(random.bytes(TeamId.LENGTH)),
        new VaultId(random.bytes(VaultId.LENGTH)),
        2,
        hash(),
        new Head(2, hash()),
        new MemberId(random.bytes(MemberId.LENGTH)),
        new DeviceId(random.bytes(DeviceId.LENGTH)),
        0,
        changes);
  }

  private Hash hash() {
    return new Hash(random.bytes(32));
  }

  /// Writes it.
  @Benchmark
  public byte[] write() {
    return Commit.CODEC.encode(commit);
  }

  /// Reads it.
  @Benchmark
  public Commit read() throws MalformedException {
    return Commit.CODEC.decode(cbor);
  }
}
