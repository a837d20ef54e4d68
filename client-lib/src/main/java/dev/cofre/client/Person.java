package dev.cofre.client;

/// How a member is called, as everybody in the team and the server see it. `email` may be empty.
public record Person(String name, String email) {
  /// Refuses a name of 0 or more than 200, an e-mail of more than 254 characters.
  public Person {
    if (name.isBlank() || name.length() > 200 || email.length() > 254) {
      throw new IllegalArgumentException(
          "a name of 1 to 200 and an e-mail of up to 254 characters");
    }
  }
}
