package dev.cofre.cli.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The languages Cofre speaks.
public enum Language {
  /// English, in which the texts are first written.
  ENGLISH(Locale.ROOT, Locale.ENGLISH),
  /// Portuguese as spoken in Portugal.
  PORTUGUESE(Locale.of("pt"), Locale.of("pt", "PT"));

  private final Locale bundle;
  private final Locale figures;

  Language(Locale bundle, Locale figures) {
    this.bundle = bundle;
    this.figures = figures;
  }

  /// The locale under which the texts are filed.
  Locale bundle() {
    return bundle;
  }

  /// The tag by which it is chosen.
  public String tag() {
    return figures.getLanguage();
  }

  /// The locale in which numbers are written.
  public Locale figures() {
    return figures;
  }

  /// The language of a tag such as `pt`, `pt_PT.UTF-8` or `en-GB`; empty for one that Cofre does not speak.
  public static Optional<Language> of(String tag) {
    String lower = tag.toLowerCase(Locale.ROOT);
    if (lower.equals("pt") || lower.startsWith("pt-") || lower.startsWith("pt_")) {
      return Optional.of(PORTUGUESE);
    }
    if (lower.equals("en") || lower.startsWith("en-") || lower.startsWith("en_")) {
      return Optional.of(ENGLISH);
    }
    return Optional.empty();
  }

  /// What the person chose (`asked`, else `COFRE_LANG`), else the locale, else English.
  public static Language choose(
      Optional<String> asked, Map<String, String> environment, Locale locale) {
    Stream<String> chosen =
        Stream.of("COFRE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
            .map(name -> environment.getOrDefault(name, ""));
    return Stream.concat(asked.stream(), chosen)
        .filter(tag -> !tag.isBlank())
        .findFirst()
        .or(() -> Optional.of(locale.toLanguageTag()))
        .flatMap(Language::of)
        .orElse(ENGLISH);
  }
}
