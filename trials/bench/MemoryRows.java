package bench;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.Server;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The server's memory while one, and while many upload: each upload is of random bytes, part after part, and ends complete.
final class MemoryRows {
  private static final long LARGE = 1L << 30;
  private static final long SMALL = 256L << 20;
  private static final int LIMIT = 256;
  private static final int TEAMS = 8;

  private final Options options;
  private final ByteBuffer part =
      ByteBuffer.wrap(RandomSource.system().bytes(Uploads.PART_SIZE).toArray());

  MemoryRows(Options options) {
    this.options = options;
  }

  private record Use(double heap, double resident, double seconds) {}

  List<Row> run() throws IOException, InterruptedException, CofreException {
    int many = options.clients();
    long size = options.small() || !fits(many * LARGE) ? SMALL : LARGE;
    Use one = uploading(1, size);
    Use all = uploading(many, size);
    String work = many + " uploads of " + FileRows.text(size) + " at once";
    return List.of(
        Row.limited("memory", work + ", heap of the server", Row.Unit.MIB, all.heap(), LIMIT)
            .with("seconds", all.seconds()),
        Row.compared(
            "memory",
            work + ", memory of the server's process",
            Row.Unit.MIB,
            all.resident(),
            "with one upload",
            one.resident(),
            0.8));
  }

  private static boolean fits(long bytes) throws IOException {
    Path temporary = Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"));
    return Files.getFileStore(temporary).getUsableSpace() > bytes + bytes / 8;
  }

  private Use uploading(int uploads, long size)
      throws IOException, InterruptedException, CofreException {
    try (Workplace place = Speed.open()) {
      CofreServer server = CofreServer.start(place, "filling");
      try (Fleet fleet = new Fleet(place, server, Math.min(TEAMS, uploads))) {
        List<Fleet.Ship> each = new ArrayList<>();
        while (each.size() < uploads) {
          each.addAll(fleet.first(uploads - each.size()));
        }
        double seconds = Fleet.work(each, ship -> upload(ship, size));
        return new Use(server.heap(), server.resident(), seconds);
      }
    }
  }

  private void upload(Fleet.Ship ship, long size) throws IOException, CofreException {
    Server server = ship.device().server();
    TeamId team = ship.device().cofre().whoAmI().team();
    VaultId vault = ship.vault().id();
    RandomSource random = RandomSource.system();
    UploadId upload = new UploadId(random.bytes(UploadId.LENGTH));
    BlobId blob = new BlobId(random.bytes(BlobId.LENGTH));
    server.beginUpload(
        team, vault, new Uploads.Begin(upload, List.of(new Uploads.Blob(blob, size))));
    for (int number = 1; (long) (number - 1) * Uploads.PART_SIZE < size; number++) {
      server.putPart(team, vault, upload, number, part.duplicate());
    }
    server.completeUpload(team, vault, upload);
    Uploads.State state = server.upload(team, vault, upload);
    if (state.stage() != Uploads.Stage.COMPLETE || state.length() != size) {
      throw new IOException("an upload is not complete: " + state.stage());
    }
  }
}
