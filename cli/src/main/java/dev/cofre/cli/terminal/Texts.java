package dev.cofre.cli.terminal;

import java.util.Optional;
import java.util.ResourceBundle;

/// Every sentence for people, in one language. Placeholders are `{0}`, `{1}` …; nothing else in a sentence is special.
public final class Texts {
  private static final String BUNDLE = "dev.cofre.cli.terminal.messages";

  private final Language language;
  private final ResourceBundle bundle;

  private Texts(Language language) {
    this.language = language;
    this.bundle = ResourceBundle.getBundle(BUNDLE, language.bundle());
  }

  /// The sentences of a language.
  public static Texts in(Language language) {
    return new Texts(language);
  }

  /// The language spoken.
  public Language language() {
    return language;
  }

  /// The sentences as picocli takes them.
  public ResourceBundle bundle() {
    return bundle;
  }

  /// A sentence with its blanks filled.
  ///
  /// @throws java.util.MissingResourceException when there is no such sentence
  public String say(String key, Object... values) {
    return fill(bundle.getString(key), values);
  }

  /// A sentence that not every key has.
  public Optional<String> maybe(String key, Object... values) {
    return bundle.containsKey(key) ? Optional.of(say(key, values)) : Optional.empty();
  }

  /// The complaint filed under `error.CODE` and `error.CODE.hint`.
  public Complaint complaint(Exit exit, String code, Object... values) {
    return new Complaint(
        exit, code, say("error." + code, values), maybe("error." + code + ".hint", values));
  }

  /// Ends the command with the complaint filed under `error.CODE`.
  public Halt halt(Exit exit, String code, Object... values) {
    return new Halt(complaint(exit, code, values));
  }

  private static String fill(String pattern, Object... values) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
      int place = open + 2 < pattern.length() ? pattern.charAt(open + 1) - '0' : -1;
      if (place >= 0 && place < values.length && pattern.charAt(open + 2) == '}') {
        text.append(pattern, from, open).append(values[place]);
        from = open + 3;
      }
    }
    return text.append(pattern, from, pattern.length()).toString();
  }
}
