package dev.cofre.protocol.vault;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.RevisionId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.team.Rule;
import dev.cofre.protocol.team.RuleException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What sends must be like: part of [VaultRules].
final class SendRules {
  private SendRules() {}

  /// @param file where the file of its description stands
  static void require(VaultView view, Optional<FileHead> file, Change.Send send)
      throws RuleException {
    RuleException.require(
        !send.file().equals(FileId.NAME) && file.isEmpty() && view.send(send.send()).isEmpty(),
        Rule.SEND,
        "not a new send");
    RuleException.require(!view.knows(send.revision()), Rule.REVISION, "a known revision id");
    Set<RevisionId> revisions = new HashSet<>();
    for (RevisionId revision : send.revisions()) {
      RuleException.require(revisions.add(revision), Rule.TWICE, "one content sent twice");
      RuleException.require(
          view.holdsContent(revision), Rule.SEND, "not a content of the vault, or purged");
    }
    Set<BlobId> blobs = new HashSet<>(send.blobs());
    RuleException.require(
        blobs.size() == send.blobs().size() && !blobs.contains(send.manifest()),
        Rule.TWICE,
        "one content sent twice");
  }

  static void require(VaultView view, Change.SendEnd end) throws RuleException {
    requireOpen(view, end.send());
  }

  static void require(VaultView view, Change.SendExtend extend) throws RuleException {
    RuleException.require(
        extend.expires() > requireOpen(view, extend.send()).expires(),
        Rule.SEND,
        "a send is only made to last longer; to shorten it, end it");
  }

  private static SendHead requireOpen(VaultView view, SendId send) throws RuleException {
    return view.send(send)
        .filter(head -> !head.ended())
        .orElseThrow(() -> new RuleException(Rule.SEND, "there is no such send, or it has ended"));
  }
}
