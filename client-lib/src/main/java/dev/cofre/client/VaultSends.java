package dev.cofre.client;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotFound;
import dev.cofre.client.failure.Refused;
import dev.cofre.client.history.Revision;
import dev.cofre.client.history.VaultHistory;
import dev.cofre.client.history.Workspace;
import dev.cofre.client.report.Progress;
import dev.cofre.client.send.NewSend;
import dev.cofre.client.send.SendItem;
import dev.cofre.client.send.SendRequest;
import dev.cofre.client.send.Sending;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.Sends.Openings;
import dev.cofre.protocol.vault.Sends;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The sends of one vault: contents that leave the team by links. Reading calls show what was last verified; writing calls refresh by
/// themselves and need an editor.
public final class VaultSends {
  private final Workspace workspace;
  private final VaultHistory history;
  private final Preparation preparation;

  /// Catches up before something is written.
  @FunctionalInterface
  interface Preparation {
    void run() throws CofreException;
  }

  VaultSends(Workspace workspace, VaultHistory history, Preparation preparation) {
    this.workspace = workspace;
    this.history = history;
    this.preparation = preparation;
  }

  /// What would be sent.
  public List<SendItem> plan(SendRequest request) throws CofreException {
    preparation.run();
    return new Sending(workspace, history).plan(request);
  }

  /// Makes one send for each label of the request. Their links are told now and never again.
  public List<NewSend> send(SendRequest request, Optional<Passphrase> passcode, Progress progress)
      throws CofreException {
    preparation.run();
    Sending sending = new Sending(workspace, history);
    return passcode.isEmpty()
        ? sending.send(request, Optional.empty(), progress)
        : passcode.get().lend(text -> sending.send(request, Optional.of(text), progress));
  }

  /// All sends, the newest first.
  public List<SendLine> all() {
    return history.index().sends().all().stream()
        .sorted(Comparator.comparingLong(Sends.Sent::seq).reversed())
        .map(this::line)
        .toList();
  }

  /// The send whose id begins with a text.
  ///
  /// @throws NotFound when there is none, or more than one
  public SendLine find(String beginning) throws CofreException {
    List<Sends.Sent> found =
        history.index().sends().all().stream()
            .filter(sent -> sent.send().send().hex().startsWith(beginning))
            .toList();
    if (found.size() != 1) {
      throw new NotFound(
          found.isEmpty()
              ? "there is no send " + beginning
              : "more than one send begins with " + beginning,
          "List the vault's sends to see their ids.");
    }
    return line(found.getFirst());
  }

  /// Who opened a send, as far as the server says.
  public Openings openings(SendId send) throws CofreException {
    return workspace
        .connection()
        .server()
        .openings(workspace.connection().team(), history.vault(), send);
  }

  /// Ends a send: from the next request on the server hands out nothing of it.
  public void end(SendId send) throws CofreException {
    preparation.run();
    requireStanding(send);
    new Sending(workspace, history).end(send);
  }

  /// Lets a send be opened for longer.
  public void extend(SendId send, Instant until) throws CofreException {
    preparation.run();
    requireStanding(send);
    new Sending(workspace, history).extend(send, until);
  }

  private void requireStanding(SendId send) throws CofreException {
    boolean stands =
        history
            .index()
            .sends()
            .find(send)
            .filter(sent -> sent.stands(workspace.team().state(), history.vault()))
            .isPresent();
    if (!stands) {
      throw new Refused(
          Problem.SEND_ENDED.code(),
          Problem.SEND_ENDED.status(),
          "the send has ended already",
          "List the vault's sends to see which can be opened.");
    }
  }

  private SendLine line(Sends.Sent sent) {
    List<String> paths =
        sent.send().revisions().stream()
            .map(history.index()::find)
            .flatMap(Optional::stream)
            .map(VaultSends::path)
            .toList();
    return new SendLine(
        sent.send().send(),
        sent.author(),
        workspace.names().of(workspace.team().state(), sent.author()),
        history.index().find(sent.send().revision()).map(Revision::time).orElse(Instant.EPOCH),
        Instant.ofEpochMilli(sent.head().expires()),
        sent.send().terms(),
        state(sent),
        history.index().description(sent.send()),
        paths,
        sent.send().blobs().size());
  }

  private static String path(Revision revision) {
    return revision.facts().map(facts -> facts.path().value()).orElse(revision.file().hex());
  }

  private SendLine.State state(Sends.Sent sent) {
    if (!sent.stands(workspace.team().state(), history.vault())) {
      return SendLine.State.ENDED;
    }
    return sent.head().expires() <= workspace.connection().now()
        ? SendLine.State.EXPIRED
        : SendLine.State.OPEN;
  }
}
