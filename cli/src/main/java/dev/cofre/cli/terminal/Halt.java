package dev.cofre.cli.terminal;

/// Ends a command with a [Complaint]. Carries no stack, because it is an answer to a person and not a bug.
public final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Complaint complaint;

  /// Ends with this complaint.
  public Halt(Complaint complaint) {
    super(complaint.message(), null, false, false);
    this.complaint = complaint;
  }

  /// What to tell the person.
  public Complaint complaint() {
    return complaint;
  }
}
