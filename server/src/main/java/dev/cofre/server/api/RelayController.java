package dev.cofre.server.api;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.RelayId;
import dev.cofre.protocol.TeamId;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.RateLimits;
import dev.cofre.server.domain.Relays;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;

/// Slots for one message.
@Controller("/v1/teams/{team}/relays/{relay}")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
class RelayController {
  private final Relays relays;
  private final Gate gate;
  private final RateLimits limits;
  private final Addresses addresses;
  private final Exchange exchange;

  RelayController(
      Relays relays, Gate gate, RateLimits limits, Addresses addresses, Exchange exchange) {
    this.relays = relays;
    this.gate = gate;
    this.limits = limits;
    this.addresses = addresses;
    this.exchange = exchange;
  }

  @Post
  @Consumes(MediaType.ALL)
  HttpResponse<byte[]> open(HttpRequest<?> request, String team, String relay) {
    Caller.OfMember caller = gate.member(Paths.id(team, TeamId::new), addresses.asker(request));
    relays.open(caller.teamId(), Paths.id(relay, RelayId::new), caller.member());
    return Exchange.nothing();
  }

  @Put
  @Consumes(Exchange.RAW)
  HttpResponse<byte[]> fill(
      HttpRequest<?> request, String team, String relay, @Body InputStream body)
      throws IOException {
    limits.take(addresses.of(request));
    TeamId ofTeam = Paths.id(team, TeamId::new);
    RelayId slot = Paths.id(relay, RelayId::new);
    relays.requireOpen(ofTeam, slot);
    Bytes message = Bytes.of(exchange.raw(slot.value(), request, body, Relays.MAX_LENGTH));
    relays.fill(ofTeam, slot, message);
    return Exchange.nothing();
  }

  @Get
  HttpResponse<byte[]> read(HttpRequest<?> request, String team, String relay) {
    Caller.OfMember caller = gate.member(Paths.id(team, TeamId::new), addresses.asker(request));
    Bytes message = relays.read(caller.teamId(), Paths.id(relay, RelayId::new), caller.member());
    return HttpResponse.ok(message.toArray()).contentType(Exchange.RAW);
  }
}
