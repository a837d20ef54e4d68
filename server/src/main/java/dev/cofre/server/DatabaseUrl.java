package dev.cofre.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JDBC address of a PostgreSQL of the operator's own. One beyond this machine is spoken to by TLS, with its certificate and name
/// checked, unless the address itself says otherwise.
///
/// @param text for the driver
/// @param unprotected whether somebody on the way could read along or answer instead, because the address says so
record DatabaseUrl(String text, boolean unprotected) {
  private static final String HOST = "(?:\\[[0-9a-fA-F:.]+]|[^/?#,:\\[\\]]*)(?::[0-9]{1,5})?";
  private static final Pattern FORM =
      Pattern.compile(
          "jdbc:postgresql:(?://(?<hosts>H(?:,H)*)/)?[^/?]*(?:\\?(?<parameters>.*))?"
              .replace("H", HOST));
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final String SYSTEM_AUTHORITIES = "org.postgresql.ssl.DefaultJavaSSLFactory";

  /// Reads `jdbc:postgresql://HOST:PORT/DATABASE`, with whatever parameters the driver knows.
  static DatabaseUrl of(String given) throws BadConfiguration {
    Matcher form = FORM.matcher(given);
    if (!form.matches()) {
      throw new BadConfiguration("COFRE_DB_URL is to be jdbc:postgresql://HOST:PORT/DATABASE");
    }
    Map<String, String> parameters =
        parameters(Optional.ofNullable(form.group("parameters")).orElse(""));
    if (isHere(Optional.ofNullable(form.group("hosts")).orElse(""), parameters)) {
      return new DatabaseUrl(given, false);
    }
    String mode = parameters.get("sslmode");
    if (mode != null) {
      return new DatabaseUrl(given, !mode.equals("verify-full"));
    }
    StringBuilder text = new StringBuilder(given);
    text.append(given.contains("?") ? '&' : '?').append("sslmode=verify-full");
    if (!parameters.containsKey("sslrootcert") && !parameters.containsKey("sslfactory")) {
      text.append("&sslfactory=").append(SYSTEM_AUTHORITIES);
    }
    return new DatabaseUrl(text.toString(), false);
  }

  /// Whether the driver can only come to this machine: no parameter names another place, or a file that may.
  private static boolean isHere(String hosts, Map<String, String> parameters) {
    boolean named =
        Arrays.stream(hosts.split(","))
            .map(host -> PORT.matcher(host).replaceFirst(""))
            .allMatch(host -> host.isEmpty() || ThisMachine.isNamedBy(host));
    return named
        && !parameters.containsKey("service")
        && parameters.keySet().stream().noneMatch(name -> name.startsWith("PG"));
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : text.split("&", -1)) {
      int equals = parameter.indexOf('=');
      parameters.put(
          equals < 0 ? parameter : parameter.substring(0, equals),
          equals < 0 ? "" : parameter.substring(equals + 1));
    }
    return parameters;
  }
}
