package dev.cofre.server.api;

import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Sessions.Ask;
import dev.cofre.protocol.api.Sessions.Challenge;
import dev.cofre.protocol.api.Sessions.Open;
import dev.cofre.protocol.api.Sessions.Opened;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.Logins;
import dev.cofre.server.access.RateLimits;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;

/// Logging in and out.
@Controller
@Consumes(Exchange.CBOR)
@Produces(Exchange.CBOR)
@ExecuteOn(TaskExecutors.BLOCKING)
class SessionController {
  private final Logins logins;
  private final Gate gate;
  private final RateLimits limits;
  private final Addresses addresses;
  private final Exchange exchange;

  SessionController(
      Logins logins, Gate gate, RateLimits limits, Addresses addresses, Exchange exchange) {
    this.logins = logins;
    this.gate = gate;
    this.limits = limits;
    this.addresses = addresses;
    this.exchange = exchange;
  }

  @Post("/v1/teams/{team}/challenges")
  HttpResponse<byte[]> challenge(HttpRequest<?> request, String team, @Body InputStream body)
      throws IOException {
    limits.take(addresses.of(request));
    TeamId id = Paths.id(team, TeamId::new);
    return exchange.stranger(
        request, body, Ask.CODEC, ask -> Exchange.ok(Challenge.CODEC, logins.challenge(id, ask)));
  }

  @Post("/v1/teams/{team}/sessions")
  HttpResponse<byte[]> open(HttpRequest<?> request, String team, @Body InputStream body)
      throws IOException {
    limits.take(addresses.of(request));
    TeamId id = Paths.id(team, TeamId::new);
    return exchange.stranger(
        request, body, Open.CODEC, open -> Exchange.ok(Opened.CODEC, logins.open(id, open)));
  }

  @Delete("/v1/teams/{team}/sessions")
  HttpResponse<byte[]> end(HttpRequest<?> request, String team) {
    logins.end(gate.caller(Paths.id(team, TeamId::new), addresses.asker(request)));
    return Exchange.nothing();
  }
}
