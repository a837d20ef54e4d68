package dev.cofre.server.blob;

/// An address in a store with a signature in it: whoever has it may do what it is for, so it goes to the member who asked and nowhere else.
/// Does not print itself.
public final class SignedAddress {
  private final String text;

  SignedAddress(String text) {
    this.text = text;
  }

  /// The absolute address.
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "SignedAddress[secret of " + text.length() + " characters]";
  }
}
