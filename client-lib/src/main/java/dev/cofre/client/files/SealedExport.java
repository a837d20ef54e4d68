package dev.cofre.client.files;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.LocalState;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Stopped;
import dev.cofre.client.format.ExportManifest;
import dev.cofre.client.format.ExportManifest.ExportedContent;
import dev.cofre.client.format.ExportManifest.ExportedFile;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Rereading;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.WrapBundles;
import dev.cofre.client.keys.Channels;
import dev.cofre.client.report.ExportReport;
import dev.cofre.client.report.Outcome;
import dev.cofre.client.report.Progress;
import dev.cofre.client.transfer.HashedFile;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.Label;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.DeviceKind;
import dev.cofre.protocol.team.Recipient;
import dev.cofre.protocol.team.TeamState;
import dev.cofre.protocol.vault.Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes what opens a vault with a recovery kit alone, without the server and without this program: format.md, section 14. The wraps are made
/// for it, so that whatever this device reads opens, whatever the server holds of wraps.
public final class SealedExport {
  private static final String MANIFEST = "manifest";
  private static final Codec<SignedBytes> SIGNED = Codec.of(SignedBytes.class);
  private static final Codec<Commits.Item> ITEM = Codec.of(Commits.Item.class);
  private static final Codec<Bundle> BUNDLE = Codec.of(Bundle.class);
  private static final String README =
      """
      This directory is an encrypted export of a Cofre vault. It opens with the recovery kit of the member who made
      it, without the server: see "independent-reader" and "format.md", section 14, among Cofre's documents.

      Esta pasta é uma cópia cifrada de um cofre do Cofre. Abre-se com o kit de recuperação do membro que a fez, sem
      o servidor: ver "independent-reader" e "format.md", secção 14, entre os documentos do Cofre.
      """;

  private final VaultHistory history;
  private final Connection connection;
  private final Reports reports;
  private final List<ExportedFile> files = new ArrayList<>();

  private record Place(Head teamHead, Head head) {}

  /// Writes the items of a file.
  @FunctionalInterface
  private interface Items {
    void writeTo(HashedFile file) throws CofreException;
  }

  private SealedExport(VaultHistory history, Connection connection, Reports reports) {
    this.history = history;
    this.connection = connection;
    this.reports = reports;
  }

  /// Exports a history of a vault in which this member has a role.
  ///
  /// @throws Stopped when this member has no recovery kit, so that nothing would open the export
  public static ExportReport of(
      VaultHistory history, Connection connection, Path target, Progress progress)
      throws CofreException {
    SealedExport export = new SealedExport(history, connection, new Reports(progress));
    export.requireKit();
    ExportDirectory directory = ExportDirectory.ofSealed(target, history.vault());
    Rereading.of(history);
    directory.begin();
    return export.run(directory);
  }

  private TeamState team() {
    return history.team().state();
  }

  private void requireKit() throws CofreException {
    history.team().requireOwnKey();
    boolean kit =
        team().liveDevices(connection.identity().member()).stream()
            .anyMatch(device -> device.keys().kind() == DeviceKind.RECOVERY_KIT);
    if (!kit) {
      throw new Stopped(
          "you have no recovery kit, and nothing else opens an encrypted export",
          "Make one with \"cofre kit print\" and keep it apart from the export; then export again.");
    }
  }

  private ExportReport run(ExportDirectory directory) throws CofreException {
    Path path = directory.path();
    SealedContents contents =
        new SealedContents(history, connection, path.resolve("blobs"), reports);
    Place place;
    do {
      history.catchUp();
      place = place();
      contents.fetch();
    } while (!place.equals(place()));
    contents.deleteOthers();
    writeHistory(path);
    List<ExportedContent> kept = contents.kept();
    write(
        path,
        "contents",
        file -> {
          for (ExportedContent content : kept) {
            file.write(ExportedContent.CODEC.encode(content));
          }
        });
    write(path, "README.txt", file -> file.write(README.getBytes(StandardCharsets.UTF_8)));
    writeManifest(path, place);
    directory.finish();
    return report(place, contents);
  }

  private Place place() {
    return new Place(team().head(), history.index().head());
  }

  private void writeHistory(Path path) throws CofreException {
    write(
        path,
        "team.log",
        file -> {
          for (SignedBytes entry : history.team().log().bytes()) {
            file.write(SIGNED.encode(entry));
          }
        });
    write(
        path,
        "commits",
        file -> SealedHistory.read(history, item -> file.write(ITEM.encode(item))));
    try (Channels.End channel =
        Channels.make(
            connection.identity(), connection.team(), history.vault(), me(), connection.random())) {
      write(path, "channels", file -> file.write(SIGNED.encode(channel.bytes())));
      write(path, "bundles", file -> wrapAll(channel, file));
    }
  }

  private Recipient me() throws NotForUs {
    Recipient me = team().recipients(history.vault()).get(connection.identity().member());
    if (me == null) {
      throw new NotForUs("your access to this vault, or your encryption key, has ended");
    }
    return me;
  }

  private void wrapAll(Channels.End channel, HashedFile file) throws CofreException {
    WrapBundles wraps =
        new WrapBundles(
            history,
            connection.identity().member(),
            channel,
            bundle -> file.write(BUNDLE.encode(bundle)));
    for (Revision revision : sorted()) {
      if (revision.readable()) {
        wraps.add(revision);
      }
    }
    wraps.finish();
  }

  private List<Revision> sorted() {
    return history.index().revisions().stream()
        .sorted(Comparator.comparing(Revision::place))
        .toList();
  }

  private void write(Path directory, String name, Items items) throws CofreException {
    try (HashedFile file = HashedFile.at(directory.resolve(name))) {
      items.writeTo(file);
      HashedFile.Written written = file.finish();
      files.add(new ExportedFile(name, written.length(), written.hash()));
    }
  }

  private void writeManifest(Path directory, Place place) throws LocalState {
    ExportManifest manifest =
        new ExportManifest(
            connection.team(),
            place.teamHead(),
            new VaultHead(history.vault(), place.head()),
            connection.identity().member(),
            connection.identity().device(),
            connection.now(),
            files.stream().sorted(Comparator.comparing(ExportedFile::name)).toList());
    SignedBytes signed =
        connection.identity().sign(Label.EXPORT, ExportManifest.CODEC.encode(manifest));
    try (HashedFile file = HashedFile.at(directory.resolve(MANIFEST))) {
      file.write(SIGNED.encode(signed));
      file.finish();
    }
  }

  private ExportReport report(Place place, SealedContents contents) {
    List<Outcome> failed = new ArrayList<>(closed());
    failed.addAll(contents.failed());
    List<ExportedContent> kept = contents.kept();
    return new ExportReport(
        history.vault(),
        place.teamHead(),
        place.head(),
        place.teamHead().seq() + 1,
        place.head().seq(),
        history.index().revisions().stream().filter(Revision::readable).count(),
        kept.size(),
        kept.stream().mapToLong(ExportedContent::length).sum(),
        failed);
  }

  /// The versions that are in the export and stay closed there, as they do here.
  private List<Outcome> closed() {
    List<Outcome> closed = new ArrayList<>();
    for (Revision revision : sorted()) {
      if (!revision.readable() && revision.state() != Revision.State.PURGED) {
        Closed.of(revision).ifPresent(closed::add);
      }
    }
    return closed;
  }
}
