package dev.cofre.server;

import dev.cofre.server.access.Limits;
import dev.cofre.server.api.Addresses;
import dev.cofre.server.blob.S3Credentials;
import dev.cofre.server.blob.S3Settings;
import dev.cofre.server.domain.Quota;
import dev.cofre.server.domain.Registration;
import dev.cofre.server.postgres.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what was said into [Settings].
final class Configuration {
  private static final String LISTEN = "127.0.0.1:8420";
  private static final int SHORTEST_TOKEN = 16;
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})([MGT])(?:iB)?");
  private static final Duration SHORTEST_GRACE = Duration.ofHours(1);
  private static final int LONGEST_TOKEN = 256;
  private static final int MANY = 1_000_000;

  private final Options options;
  private final List<String> unprotected = new ArrayList<>();

  Configuration(Options options) {
    this.options = options;
  }

  Settings settings() throws BadConfiguration {
    InetSocketAddress listen = address(options.find("COFRE_LISTEN").orElse(LISTEN));
    Settings settings = Settings.of(listen, data());
    Optional<String> url = options.find("COFRE_PUBLIC_URL");
    if (url.isPresent()) {
      settings.publicUrl(publicUrl(url.get()));
    } else if (!listen.getAddress().isLoopbackAddress()) {
      throw new BadConfiguration(
          "COFRE_PUBLIC_URL is missing: whoever listens beyond this machine must say the address"
              + " that clients use, as in https://cofre.example");
    }
    settings.registration(registration(isPrivate(listen, settings.publicUrl())));
    settings.limits(limits());
    settings.addresses(new Addresses(proxies()));
    Optional<String> grace = options.find("COFRE_UPLOAD_GRACE");
    if (grace.isPresent()) {
      settings.grace(grace(grace.get()));
    }
    Optional<String> quota = options.find("COFRE_TEAM_QUOTA");
    if (quota.isPresent()) {
      settings.quota(size(quota.get()));
    }
    settings.sends(options.number("COFRE_TEAM_SENDS", 0, MANY, Quota.USUAL.sends()));
    Optional<String> database = options.find("COFRE_DB_URL");
    if (database.isPresent()) {
      settings.database(database(database.get()));
    }
    settings.databaseConnections(databaseConnections(settings));
    blobs(settings);
    return settings;
  }

  /// What [#settings] says to speak to beyond this machine so that somebody on the way could read along or answer instead: `database`,
  /// `storage`.
  List<String> unprotected() {
    return List.copyOf(unprotected);
  }

  private Path data() {
    return options
        .find("COFRE_DATA")
        .map(Path::of)
        .orElseGet(() ->
            options
                .find("XDG_DATA_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share"))
                .resolve("cofre")
                .resolve("server"));
  }

  private static InetSocketAddress address(String text) throws BadConfiguration {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
      int port = Integer.parseInt(text.substring(colon + 1));
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException | IllegalArgumentException | IndexOutOfBoundsException _) {
      throw new BadConfiguration(
          "COFRE_LISTEN is to be ADDRESS:PORT, as in " + LISTEN + ", and not " + text);
    }
  }

  private int databaseConnections(Settings settings) throws BadConfiguration {
    int most = options.number("COFRE_DB_CONNECTIONS", 4, 200, 10);
    if (settings.database().isEmpty() && most > EmbeddedPostgres.CONNECTIONS) {
      throw new BadConfiguration(
          "COFRE_DB_CONNECTIONS is to be at most "
              + EmbeddedPostgres.CONNECTIONS
              + " with the database that the server brings, not "
              + most
              + "; up to 200 with one of your own (COFRE_DB_URL)");
    }
    return most;
  }

  private static URI publicUrl(String text) throws BadConfiguration {
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      String path = String.valueOf(url.getRawPath());
      if (web && url.getHost() != null && (path.isEmpty() || path.equals("/"))) {
        if ("http".equals(url.getScheme()) && !isLoopback(url)) {
          throw new BadConfiguration(
              "COFRE_PUBLIC_URL is to be https, because whoever is on the way would take over"
                  + " sessions, and clients refuse it; http only for this machine, not "
                  + text);
        }
        return url;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new BadConfiguration("COFRE_PUBLIC_URL is to be http(s)://HOST[:PORT], not " + text);
  }

  /// Whether only this machine can reach the server: not even through a proxy on it, which a public address is a sign of.
  private static boolean isPrivate(InetSocketAddress listen, Optional<URI> url) {
    return listen.getAddress().isLoopbackAddress() && url.filter(u -> !isLoopback(u)).isEmpty();
  }

  private static boolean isLoopback(URI url) {
    return ThisMachine.isNamedBy(String.valueOf(url.getHost()));
  }

  private Limits limits() throws BadConfiguration {
    Limits usual = Limits.USUAL;
    return new Limits(
        options.number("COFRE_REQUESTS_PER_ADDRESS", 1, MANY, usual.perAddress()),
        options.number("COFRE_REQUESTS_PER_DEVICE", 1, MANY, usual.perDevice()),
        options.number("COFRE_REQUESTS_PER_TEAM", 1, MANY, usual.perTeam()),
        options.number("COFRE_CONNECTIONS", 16, MANY, usual.connections()),
        options.number("COFRE_CONNECTIONS_PER_ADDRESS", 4, MANY, usual.connectionsPerAddress()),
        options.number("COFRE_SLOWEST", 1, MANY, usual.slowest()),
        usual.head(),
        usual.grace());
  }

  private Registration registration(boolean isPrivate) throws BadConfiguration {
    Optional<String> token = options.secret("COFRE_REGISTRATION_TOKEN");
    if (token.filter(t -> t.getBytes(StandardCharsets.UTF_8).length > LONGEST_TOKEN).isPresent()) {
      throw new BadConfiguration(
          "COFRE_REGISTRATION_TOKEN is longer than " + LONGEST_TOKEN + " bytes");
    }
    if (token.filter(t -> t.length() < SHORTEST_TOKEN).isPresent()) {
      throw new BadConfiguration(
          "COFRE_REGISTRATION_TOKEN has fewer than " + SHORTEST_TOKEN + " characters");
    }
    return token
        .map(Registration::byToken)
        .orElseGet(() -> isPrivate ? Registration.open() : Registration.closed());
  }

  private List<Addresses.Network> proxies() throws BadConfiguration {
    try {
      return options
          .find("COFRE_TRUSTED_PROXY")
          .map(all -> Arrays.stream(all.split("[, ]+")).map(Addresses.Network::parse).toList())
          .orElse(List.of());
    } catch (IllegalArgumentException _) {
      throw new BadConfiguration(
          "COFRE_TRUSTED_PROXY is to be addresses or ranges, as in 10.0.0.0/8,192.168.1.5");
    }
  }

  private static Duration grace(String text) throws BadConfiguration {
    try {
      String iso = text.toUpperCase(Locale.ROOT);
      Duration duration =
          Duration.parse(iso.startsWith("P") ? iso : iso.endsWith("D") ? "P" + iso : "PT" + iso);
      if (duration.compareTo(SHORTEST_GRACE) >= 0) {
        return duration;
      }
    } catch (DateTimeException _) {
      // said below
    }
    throw new BadConfiguration(
        "COFRE_UPLOAD_GRACE is to be a time of one hour or more, such as 24h, not " + text);
  }

  private static long size(String text) throws BadConfiguration {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new BadConfiguration("COFRE_TEAM_QUOTA is to be a size such as 100GiB, not " + text);
    }
    int shift =
        switch (matcher.group(2)) {
          case "M" -> 20;
          case "G" -> 30;
          default -> 40;
        };
    return Long.parseLong(matcher.group(1)) << shift;
  }

  private Settings.Database database(String url) throws BadConfiguration {
    DatabaseUrl address = DatabaseUrl.of(url);
    if (address.unprotected()) {
      unprotected.add("database");
    }
    String password =
        options
            .secret("COFRE_DB_PASSWORD")
            .orElseThrow(() -> new BadConfiguration("COFRE_DB_PASSWORD is missing"));
    return new Settings.Database(address.text(), options.require("COFRE_DB_USER"), password);
  }

  private void blobs(Settings settings) throws BadConfiguration {
    switch (options.find("COFRE_BLOBS").orElse("directory")) {
      case "directory" -> requireNoDirectDelivery();
      case "s3" -> settings.bucket(bucket());
      default -> throw new BadConfiguration("COFRE_BLOBS is to be directory or s3");
    }
  }

  private void requireNoDirectDelivery() throws BadConfiguration {
    if (isDirect()) {
      throw new BadConfiguration(
          "COFRE_S3_DELIVERY=direct needs COFRE_BLOBS=s3: nobody but the server reaches a directory");
    }
  }

  private boolean isDirect() throws BadConfiguration {
    return switch (options.find("COFRE_S3_DELIVERY").orElse("proxy")) {
      case "proxy" -> false;
      case "direct" -> true;
      default -> throw new BadConfiguration("COFRE_S3_DELIVERY is to be proxy or direct");
    };
  }

  /// Where members reach the store, if they are to: by TLS, for the addresses that they are given are secrets.
  private Optional<URI> direct(URI endpoint) throws BadConfiguration {
    Optional<String> other = options.find("COFRE_S3_PUBLIC_ENDPOINT");
    if (!isDirect()) {
      if (other.isPresent()) {
        throw new BadConfiguration(
            "COFRE_S3_PUBLIC_ENDPOINT is for COFRE_S3_DELIVERY=direct: otherwise no member goes there");
      }
      return Optional.empty();
    }
    URI reached = other.map(URI::create).orElse(endpoint);
    S3Settings.requireEndpoint(reached);
    if ("http".equals(reached.getScheme()) && !isLoopback(reached)) {
      throw new BadConfiguration(
          "with COFRE_S3_DELIVERY=direct members reach the store at "
              + reached
              + ", which is to be https: whoever is on the way would learn addresses that let"
              + " anybody read; http only for this machine. COFRE_S3_PUBLIC_ENDPOINT says another");
    }
    return Optional.of(reached);
  }

  private Settings.Bucket bucket() throws BadConfiguration {
    String access = secret("COFRE_S3_ACCESS_KEY");
    String secret = secret("COFRE_S3_SECRET_KEY");
    try {
      S3Settings usual =
          S3Settings.of(
              URI.create(options.require("COFRE_S3_ENDPOINT")),
              options.find("COFRE_S3_REGION").orElse("us-east-1"),
              options.require("COFRE_S3_BUCKET"));
      boolean path = options.isTrue("COFRE_S3_PATH_STYLE", true);
      S3Settings settings =
          new S3Settings(
              usual.endpoint(),
              usual.region(),
              usual.bucket(),
              path ? S3Settings.Addressing.PATH : S3Settings.Addressing.VIRTUAL_HOST,
              options.find("COFRE_S3_CA").map(Path::of),
              usual.connecting(),
              usual.waiting(),
              usual.connections());
      if ("http".equals(settings.endpoint().getScheme()) && !isLoopback(settings.endpoint())) {
        unprotected.add("storage");
      }
      return new Settings.Bucket(
          settings, new S3Credentials(access, secret.toCharArray()), direct(settings.endpoint()));
    } catch (IllegalArgumentException e) {
      throw new BadConfiguration("S3: " + e.getMessage());
    }
  }

  private String secret(String name) throws BadConfiguration {
    return options.secret(name).orElseThrow(() -> new BadConfiguration(name + " is missing"));
  }
}
