package dev.cofre.server;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Says how it is used.
  public static void main(String[] args) {
    System.err.println("usage: cofre server");
    System.exit(2);
  }
}
