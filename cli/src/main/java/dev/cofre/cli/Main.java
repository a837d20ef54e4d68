package dev.cofre.cli;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Says how it is used.
  public static void main(String[] args) {
    System.err.println("usage: cofre COMMAND");
    System.exit(2);
  }
}
