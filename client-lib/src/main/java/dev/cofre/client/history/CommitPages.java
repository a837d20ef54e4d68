package dev.cofre.client.history;

import dev.cofre.client.failure.CofreException;
import dev.cofre.client.remote.Underway;
import dev.cofre.protocol.api.Commits;
import java.util.Optional;

/// The commits of a vault page by page, each asked for while the one before it is verified: a vault of 100 000 files has hundreds of
/// megabytes of work on both sides. Closing gives up what is under way.
final class CommitPages implements AutoCloseable {
  private final Source source;
  private Optional<Ahead> ahead = Optional.empty();

  /// Asks the server.
  @FunctionalInterface
  interface Source {
    /// A page of what follows a place.
    Commits.Page after(long seq) throws CofreException;
  }

  private record Ahead(long after, Underway<Commits.Page> page) {}

  CommitPages(Source source) {
    this.source = source;
  }

  /// The page that follows a place; the one after it is asked for as well, if there seems to be one.
  Commits.Page after(long seq) throws CofreException {
    Optional<Ahead> asked = ahead.filter(page -> page.after() == seq);
    if (asked.isEmpty()) {
      close();
    }
    Commits.Page page = asked.isPresent() ? asked.get().page().await() : source.after(seq);
    long next = seq + page.commits().size();
    ahead =
        next > seq && page.head().seq() > next
            ? Optional.of(new Ahead(next, new Underway<>(() -> source.after(next))))
            : Optional.empty();
    return page;
  }

  @Override
  public void close() {
    ahead.ifPresent(page -> page.page().close());
    ahead = Optional.empty();
  }
}
