package dev.cofre.client.report;

/// Follows a long operation; called from several threads, one call at a time.
public interface Progress {
  /// Nobody looks.
  Progress NONE =
      new Progress() {
        @Override
        public void expect(long files, long bytes) {}

        @Override
        public void moved(long bytes) {}

        @Override
        public void finished(Outcome outcome) {}
      };

  /// How much there is to do, as far as known; may be corrected.
  void expect(long files, long bytes);

  /// So many more bytes of content have crossed.
  void moved(long bytes);

  /// One file is done with.
  void finished(Outcome outcome);
}
