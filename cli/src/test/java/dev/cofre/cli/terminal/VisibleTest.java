package dev.cofre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "contract.pdf",
        "orçamento João.xlsx",
        "見積書.pdf",
        "a'b\"c$d`e",
        "📄 notes.txt"
      })
  void leavesOrdinaryNamesAlone(String name) {
    assertEquals(name, Visible.of(name));
  }

  @ParameterizedTest
  @Tag("L06")
  @Tag("L13")
  @CsvSource(
      delimiter = '|',
      value = {
        "001b|\\e",
        "0000|\\x{0}",
        "0007|\\x{7}",
        "000a|\\n",
        "000d|\\r",
        "0009|\\t",
        "007f|\\x{7F}",
        "0085|\\x{85}",
        "009b|\\x{9B}",
        "00a0|\\x{A0}",
        "00ad|\\x{AD}",
        "200b|\\x{200B}",
        "200e|\\x{200E}",
        "200f|\\x{200F}",
        "2028|\\x{2028}",
        "2029|\\x{2029}",
        "202a|\\x{202A}",
        "202e|\\x{202E}",
        "2066|\\x{2066}",
        "2069|\\x{2069}",
        "3000|\\x{3000}",
        "3164|\\x{3164}",
        "feff|\\x{FEFF}",
        "e0041|\\x{E0041}",
        "e000|\\x{E000}",
        "005c|\\\\"
      })
  void showsWhatCouldDeceive(String point, String shown) {
    String name = "a" + Character.toString(Integer.parseInt(point, 16)) + "b";
    assertEquals("a" + shown + "b", Visible.of(name));
  }

  @Test
  void showsALoneSurrogate() {
    assertEquals("a\\x{D800}b", Visible.of("a\ud800b"));
  }

  @Test
  @Tag("L06")
  void disarmsAWholeTerminalAttack() {
    String shown = Visible.of("x\u001b]0;owned\u0007\u001b[2J\rfake line\n$ rm -rf ~");
    assertEquals("x\\e]0;owned\\x{7}\\e[2J\\rfake line\\n$ rm -rf ~", shown);
  }

  @Property
  void nothingThatMovesTheCursorIsLeft(@ForAll String name) {
    assertTrue(
        Visible.of(name)
            .codePoints()
            .noneMatch(point ->
                Character.isISOControl(point)
                    || Character.getType(point) == Character.FORMAT
                    || Character.getType(point) == Character.LINE_SEPARATOR));
  }

  @Property
  void differentNamesLookDifferent(@ForAll String one, @ForAll String other) {
    assertEquals(one.equals(other), Visible.of(one).equals(Visible.of(other)));
  }
}
