package dev.cofre.cli.terminal;

/// A colour, used only on a terminal that wants it.
public enum Paint {
  /// What went wrong.
  RED(31),
  /// What is fine.
  GREEN(32),
  /// What deserves a look.
  YELLOW(33);

  private final int code;

  Paint(int code) {
    this.code = code;
  }

  /// The text in this colour when the stream is a terminal and neither `NO_COLOR` nor `TERM=dumb` says otherwise.
  public String on(String text, Shell shell, Shell.Stream stream) {
    boolean wanted =
        shell.isTerminal(stream)
            && shell.environment().getOrDefault("NO_COLOR", "").isEmpty()
            && !shell.environment().getOrDefault("TERM", "").equals("dumb");
    return wanted ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
