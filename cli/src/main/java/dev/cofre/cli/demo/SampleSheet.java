package dev.cofre.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A spreadsheet of invented clients (Office Open XML): names, NIF and IBAN with right check digits, e-mail addresses.
final class SampleSheet {
  private static final String HEADER =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/";
  private static final String SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);

  private static final List<List<String>> ROWS =
      List.of(
          List.of("Nome", "NIF", "IBAN", "E-mail"),
          client(
              "Maria João Silva", "21345678", "003500001234567890154", "maria.silva@example.com"),
          client("António Sequeira", "19876543", "001000005678901234548", "antonio@example.com"),
          client(
              "Padaria Central, Lda.", "50123456", "000700009876543210965", "geral@example.com"));

  private SampleSheet() {}

  /// Writes it.
  static void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
      entry(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\""
              + PACKAGE
              + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              + override("/xl/workbook.xml", type + "sheet.main+xml")
              + override("/xl/worksheets/sheet1.xml", type + "worksheet+xml")
              + "</Types>");
      entry(zip, "_rels/.rels", relationship("officeDocument", "xl/workbook.xml"));
      entry(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\""
              + SHEETS
              + "\" xmlns:r=\""
              + OFFICE
              + "relationships\"><sheets><sheet name=\"Clientes\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
      entry(zip, "xl/_rels/workbook.xml.rels", relationship("worksheet", "worksheets/sheet1.xml"));
      entry(
          zip,
          "xl/worksheets/sheet1.xml",
          "<worksheet xmlns=\"" + SHEETS + "\"><sheetData>" + rows() + "</sheetData></worksheet>");
    }
  }

  private static List<String> client(String name, String nif, String account, String email) {
    return List.of(name, nif + nifDigit(nif), iban(account), email);
  }

  /// The last digit of a Portuguese tax number: weights 9 to 2, modulo 11.
  private static int nifDigit(String eight) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (eight.charAt(i) - '0') * (9 - i);
    }
    int digit = 11 - sum % 11;
    return digit > 9 ? 0 : digit;
  }

  /// A Portuguese IBAN with its two check digits (ISO 13616); P and T count as 25 and 29.
  private static String iban(String account) {
    int rest = new BigInteger(account + "252900").mod(IBAN_MODULUS).intValue();
    return "PT%02d%s".formatted(98 - rest, account);
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder();
    for (List<String> row : ROWS) {
      rows.append("<row>");
      row.forEach(
          cell -> rows.append("<c t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>"));
      rows.append("</row>");
    }
    return rows.toString();
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + type + "\"/>";
  }

  private static String relationship(String kind, String target) {
    return "<Relationships xmlns=\""
        + PACKAGE
        + "relationships\"><Relationship Id=\"r1\" Type=\""
        + OFFICE
        + "relationships/"
        + kind
        + "\" Target=\""
        + target
        + "\"/></Relationships>";
  }

  private static void entry(ZipOutputStream zip, String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write((HEADER + xml).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }
}
