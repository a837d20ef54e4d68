package dev.cofre.client.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofre.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// One committed vector: header lines `name: value`, an empty line, and a body in base64, 76 characters a line.
///
/// @param headers in order: `expect`, `kind`, and what the kind needs, by format.md, section 13
/// @param body the bytes to read
record TestkitFile(Map<String, String> headers, Bytes body) {
  static TestkitFile read(Path file) throws IOException {
    String[] parts = Files.readString(file, UTF_8).split("\n\n", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : parts[0].split("\n")) {
      int colon = line.indexOf(": ");
      headers.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return new TestkitFile(headers, Bytes.of(Base64.getMimeDecoder().decode(parts[1])));
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append('\n');
    text.append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(body.toArray()));
    Files.writeString(file, text.append('\n'), UTF_8);
  }

  String get(String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new IllegalStateException("the vector has no " + name);
    }
    return value;
  }

  byte[] hex(String name) {
    return Bytes.fromHex(get(name)).toArray();
  }

  TestkitFile expecting(String expectation, byte[] changed) {
    Map<String, String> copy = new LinkedHashMap<>(headers);
    copy.put("expect", expectation);
    return new TestkitFile(copy, Bytes.of(changed));
  }

  TestkitFile expecting(String expectation, int length) {
    return expecting(expectation, Arrays.copyOf(body.toArray(), length));
  }

  TestkitFile with(String name, String value) {
    Map<String, String> copy = new LinkedHashMap<>(headers);
    copy.put(name, value);
    return new TestkitFile(copy, body);
  }
}
