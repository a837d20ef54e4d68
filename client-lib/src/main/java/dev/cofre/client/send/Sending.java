package dev.cofre.client.send;

import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.format.ContentSeal;
import dev.cofre.client.format.SendDescription;
import dev.cofre.client.format.SendManifest;
import dev.cofre.client.format.SendPreface;
import dev.cofre.client.history.Connection;
import dev.cofre.client.history.Draft;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.VaultWriter;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.keys.SendLink;
import dev.cofre.client.keys.SendSecret;
import dev.cofre.client.report.Progress;
import dev.cofre.client.transfer.Uploader;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.api.Uploads;
import dev.cofre.protocol.vault.Change;
import dev.cofre.protocol.vault.SendTerms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Making sends of a vault, ending them, and making them last longer.
public final class Sending {
  private final Workspace workspace;
  private final VaultHistory history;
  private final Connection connection;

  /// Of a vault that this member can write to.
  public Sending(Workspace workspace, VaultHistory history) {
    this.workspace = workspace;
    this.history = history;
    this.connection = workspace.connection();
  }

  /// What would be sent.
  public List<SendItem> plan(SendRequest request) throws CofreException {
    try (SendContents contents = SendContents.of(history, request)) {
      return contents.items();
    }
  }

  /// Makes one send for each label, all in one commit where they fit, and returns their links in the order of the labels.
  public List<NewSend> send(SendRequest request, Optional<char[]> passcode, Progress progress)
      throws CofreException {
    try (SendContents contents = SendContents.of(history, request)) {
      progress.expect(
          contents.items().size(), contents.items().stream().mapToLong(SendItem::size).sum());
      contents.upload(
          history,
          new Uploader(
              connection.server(),
              connection.team(),
              history.vault(),
              connection.random(),
              progress::moved),
          () -> new FileId(connection.random().bytes(FileId.LENGTH)));
      List<Prepared> prepared = new ArrayList<>();
      for (String label : request.labels()) {
        prepared.add(prepare(request, contents, label, passcode));
      }
      commit(prepared);
      return prepared.stream().map(Prepared::made).toList();
    }
  }

  /// A send that only has to be committed.
  private record Prepared(Change.Send change, SendDescription description, NewSend made) {}

  private Prepared prepare(
      SendRequest request, SendContents contents, String label, Optional<char[]> passcode)
      throws CofreException {
    SendId send = new SendId(connection.random().bytes(SendId.LENGTH));
    List<SendItem> items = contents.items();
    try (SecretBytes key = connection.random().secret(SendLink.KEY_LENGTH);
        SendSecret secret = SendSecret.of(send, key);
        SendSecret.Opener opener = secret.opener(passcode);
        SendManifest manifest = manifest(request, contents)) {
      Bytes preface = secret.seal(preface(request, items), connection.random());
      byte[] sealed = seal(manifest, opener);
      Hash hash = Hash.sha256(sealed);
      BlobId blob = upload(sealed);
      SendTerms terms =
          new SendTerms(
              request.expires().toEpochMilli(),
              request.opens(),
              passcode.map(_ -> Hash.sha256(opener.proof().toArray())),
              Optional.empty(),
              Optional.empty());
      Change.Send change =
          new Change.Send(
              send,
              new RevisionId(connection.random().bytes(RevisionId.LENGTH)),
              Hash.ZERO,
              Hash.sha256(secret.access().toArray()),
              preface,
              blob,
              hash,
              contents.revisions(),
              contents.blobs(),
              terms);
      try (SendLink link = SendLink.of(connection.origin(), send, key, preface, hash)) {
        return new Prepared(
            change,
            description(label, request, items),
            new NewSend(send, label, link.text(), request.expires()));
      }
    }
  }

  private SendPreface preface(SendRequest request, List<SendItem> items) {
    long bytes =
        request
            .text()
            .map(text -> (long) text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
            .orElseGet(() -> items.stream().mapToLong(SendItem::size).sum());
    return new SendPreface(
        sender(), workspace.names().ofTeam(workspace.team().state()), items.size(), bytes);
  }

  private String sender() {
    return workspace.names().of(workspace.team().state(), workspace.me());
  }

  private static SendDescription description(
      String label, SendRequest request, List<SendItem> items) {
    return new SendDescription(
        label,
        request.note(),
        items.size(),
        items.stream().map(item -> new SendDescription.Content(item.name(), item.size())).toList());
  }

  private SendManifest manifest(SendRequest request, SendContents contents) throws CofreException {
    return SendManifest.of(
        new SendManifest.Facts(
            connection.team(),
            history.vault(),
            sender(),
            request.note(),
            Instant.ofEpochMilli(connection.now()),
            request.text()),
        contents.files());
  }

  private byte[] seal(SendManifest manifest, SendSecret.Opener opener) {
    byte[] encoded = manifest.encode();
    try (SecretBytes key = opener.manifestKey();
        InputStream sealed =
            ContentSeal.seal(
                key,
                opener.manifestContext(),
                new ByteArrayInputStream(encoded),
                encoded.length,
                connection.random())) {
      return sealed.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private BlobId upload(byte[] sealed) throws CofreException {
    BlobId blob = new BlobId(connection.random().bytes(BlobId.LENGTH));
    UploadId upload = new UploadId(connection.random().bytes(UploadId.LENGTH));
    connection
        .server()
        .beginUpload(
            connection.team(),
            history.vault(),
            new Uploads.Begin(upload, List.of(new Uploads.Blob(blob, sealed.length))));
    connection
        .server()
        .putPart(connection.team(), history.vault(), upload, 1, ByteBuffer.wrap(sealed));
    connection.server().completeUpload(connection.team(), history.vault(), upload);
    return blob;
  }

  private void commit(List<Prepared> prepared) throws CofreException {
    new VaultWriter(history)
        .write(now ->
            prepared.stream()
                .filter(each -> now.index().send(each.change().send()).isEmpty())
                .<Draft>map(each -> new Draft.Send(each.change(), each.description()::encode))
                .toList());
  }

  /// Ends a send, unless somebody has done so.
  public void end(SendId send) throws CofreException {
    new VaultWriter(history)
        .write(now ->
            now.index().send(send).filter(head -> !head.ended()).isEmpty()
                ? List.of()
                : List.of(new Draft.OfSend(new Change.SendEnd(send))));
  }

  /// Lets a send be opened until a later moment.
  public void extend(SendId send, Instant until) throws CofreException {
    long expires = until.toEpochMilli();
    new VaultWriter(history)
        .write(now ->
            now.index().send(send).filter(head -> head.expires() == expires).isPresent()
                ? List.of()
                : List.of(new Draft.OfSend(new Change.SendExtend(send, expires))));
  }
}
