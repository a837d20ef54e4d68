package dev.cofre.client.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// 2048 words of four letters, consonant and vowel twice, that read alike in Portuguese and English: 11 bits each. Made by a rule:
/// all such words in alphabetical order, without the unwelcome ones, every third of them, the first 2048.
public final class WordList {
  /// How many words there are.
  public static final int SIZE = 2048;

  /// Bits of one word.
  public static final int BITS = 11;

  private static final String CONSONANTS = "bdfgjklmnprstvxz";
  private static final String VOWELS = "aeiou";
  private static final int STEP = 3;
  private static final Set<String> UNWELCOME =
      Set.of(
          "dike", "faga", "fage", "fagi", "fago", "fagu", "foda", "fode", "fodi", "fodo", "fodu",
          "kaga", "kago", "kagu", "kaka", "kike", "kona", "kono", "kuka", "kuko", "mija", "mijo",
          "naza", "nazi", "niga", "nige", "nigo", "peda", "pede", "pedo", "pila", "pilo", "pipi",
          "popo", "puta", "pute", "puti", "puto", "rabo", "rape", "teta", "xixi", "xota");

  private static final List<String> WORDS = words();
  private static final Map<String, Integer> NUMBERS = numbers();

  private WordList() {}

  /// The word of a number from 0 to 2047.
  public static String word(int number) {
    return WORDS.get(number);
  }

  /// The number of a word in lower case.
  public static Optional<Integer> number(String word) {
    return Optional.ofNullable(NUMBERS.get(word));
  }

  /// The first `count` times 11 bits, as words.
  static List<String> spell(byte[] bytes, int count) {
    List<String> spelled = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = 0;
      for (int bit = i * BITS; bit < (i + 1) * BITS; bit++) {
        number = (number << 1) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1);
      }
      spelled.add(word(number));
    }
    return List.copyOf(spelled);
  }

  private static List<String> words() {
    List<String> chosen = new ArrayList<>(SIZE);
    int position = 0;
    for (int i = 0; chosen.size() < SIZE; i++) {
      String word = candidate(i);
      if (!UNWELCOME.contains(word) && position++ % STEP == 0) {
        chosen.add(word);
      }
    }
    return List.copyOf(chosen);
  }

  /// The i-th word in alphabetical order.
  private static String candidate(int i) {
    int syllables = CONSONANTS.length() * VOWELS.length();
    return syllable(i / syllables) + syllable(i % syllables);
  }

  private static String syllable(int i) {
    char consonant = CONSONANTS.charAt(i / VOWELS.length());
    char vowel = VOWELS.charAt(i % VOWELS.length());
    return "" + consonant + vowel;
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = HashMap.newHashMap(SIZE);
    for (int i = 0; i < SIZE; i++) {
      numbers.put(WORDS.get(i), i);
    }
    return Map.copyOf(numbers);
  }
}
