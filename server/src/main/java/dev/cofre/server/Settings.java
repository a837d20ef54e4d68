package dev.cofre.server;

import dev.cofre.server.access.Limits;
import dev.cofre.server.api.Addresses;
import dev.cofre.server.blob.S3Credentials;
import dev.cofre.server.blob.S3Settings;
import dev.cofre.server.domain.Grace;
import dev.cofre.server.domain.Quota;
import dev.cofre.server.domain.Registration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server is to run. Not a record, because it holds passwords.
public final class Settings {
  private static final Duration DAY = Duration.ofHours(24);

  private final InetSocketAddress listen;
  private final Path data;
  private Optional<URI> publicUrl = Optional.empty();
  private Registration registration = Registration.open();
  private Optional<Database> database = Optional.empty();
  private Optional<Bucket> bucket = Optional.empty();
  private Addresses addresses = new Addresses(List.of());
  private Grace grace = new Grace(DAY);
  private Quota quota = Quota.USUAL;
  private Limits limits = Limits.USUAL;
  private int databaseConnections = 10;

  private Settings(InetSocketAddress listen, Path data) {
    this.listen = listen;
    this.data = data.toAbsolutePath().normalize();
  }

  /// Listens on an address, port 0 for any free one, and keeps everything in a directory. Anybody may register a team.
  public static Settings of(InetSocketAddress listen, Path data) {
    return new Settings(listen, data);
  }

  /// A database elsewhere, instead of an embedded one.
  public static final class Database {
    private final String url;
    private final String user;
    private final String password;

    public Database(String url, String user, String password) {
      this.url = url;
      this.user = user;
      this.password = password;
    }

    String url() {
      return url;
    }

    String user() {
      return user;
    }

    String password() {
      return password;
    }
  }

  /// An S3-compatible store, instead of a directory.
  ///
  /// @param direct where members reach it, if they put and read large contents there themselves
  public record Bucket(S3Settings settings, S3Credentials credentials, Optional<URI> direct) {
    /// One that only the server reaches.
    public Bucket(S3Settings settings, S3Credentials credentials) {
      this(settings, credentials, Optional.empty());
    }
  }

  /// The address that clients use, where it is not the one listened on.
  public Settings publicUrl(URI url) {
    publicUrl = Optional.of(url);
    return this;
  }

  /// Who may register a team.
  public Settings registration(Registration who) {
    registration = who;
    return this;
  }

  /// A database elsewhere.
  public Settings database(Database elsewhere) {
    database = Optional.of(elsewhere);
    return this;
  }

  /// An S3-compatible store.
  public Settings bucket(Bucket elsewhere) {
    bucket = Optional.of(elsewhere);
    return this;
  }

  /// From which proxies `X-Forwarded-For` is believed.
  public Settings addresses(Addresses trusted) {
    addresses = trusted;
    return this;
  }

  /// How long an upload may go without being committed.
  public Settings grace(Duration period) {
    grace = new Grace(period);
    return this;
  }

  /// How many bytes of content a team may store.
  public Settings quota(long bytes) {
    quota = new Quota(bytes, quota.sends());
    return this;
  }

  /// How many sends of a team can be opened at a time; 0 for none at all.
  public Settings sends(int most) {
    quota = new Quota(quota.bytes(), most);
    return this;
  }

  /// How much others may have at once.
  public Settings limits(Limits more) {
    limits = more;
    return this;
  }

  /// How many connections to the database there are at most.
  public Settings databaseConnections(int most) {
    databaseConnections = most;
    return this;
  }

  InetSocketAddress listen() {
    return listen;
  }

  Path data() {
    return data;
  }

  Optional<URI> publicUrl() {
    return publicUrl;
  }

  Registration registration() {
    return registration;
  }

  Optional<Database> database() {
    return database;
  }

  Optional<Bucket> bucket() {
    return bucket;
  }

  Addresses addresses() {
    return addresses;
  }

  Grace grace() {
    return grace;
  }

  Quota quota() {
    return quota;
  }

  Limits limits() {
    return limits;
  }

  int databaseConnections() {
    return databaseConnections;
  }
}
