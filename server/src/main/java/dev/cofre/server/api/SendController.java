package dev.cofre.server.api;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.SendId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Sends;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.Limits;
import dev.cofre.server.access.RateLimits;
import dev.cofre.server.domain.Openings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;

/// Sends, opened by whoever has the link, and their openings, for the vault's members.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class SendController {
  private final Openings openings;
  private final Gate gate;
  private final RateLimits rates;
  private final Addresses addresses;
  private final Exchange exchange;
  private final Limits limits;

  SendController(
      Openings openings,
      Gate gate,
      RateLimits rates,
      Addresses addresses,
      Exchange exchange,
      Limits limits) {
    this.openings = openings;
    this.gate = gate;
    this.rates = rates;
    this.addresses = addresses;
    this.exchange = exchange;
    this.limits = limits;
  }

  @Get(value = "/v1/sends/{send}", headRoute = false)
  @Produces(Exchange.CBOR)
  HttpResponse<byte[]> state(HttpRequest<?> request, String send) {
    rates.take(addresses.of(request));
    return Exchange.ok(
        Sends.State.CODEC, openings.state(Paths.id(send, SendId::new), Paths.token(request)));
  }

  @Post("/v1/sends/{send}/open")
  @Consumes(Exchange.CBOR)
  @Produces(Exchange.CBOR)
  HttpResponse<byte[]> open(HttpRequest<?> request, String send, @Body InputStream body)
      throws IOException {
    InetAddress address = addresses.of(request);
    rates.take(address);
    SendId id = Paths.id(send, SendId::new);
    return exchange.stranger(
        request,
        body,
        Sends.Open.CODEC,
        open ->
            Exchange.ok(
                Sends.Opened.CODEC,
                openings.open(id, Paths.token(request), open, Networks.of(address))));
  }

  @Get(value = "/v1/sends/{send}/blobs/{blob}", headRoute = false)
  @Produces(Exchange.RAW)
  HttpResponse<Content> blob(HttpRequest<?> request, String send, String blob) throws IOException {
    rates.take(addresses.of(request));
    SendId id = Paths.id(send, SendId::new);
    BlobId content = Paths.id(blob, BlobId::new);
    var token = Paths.token(request);
    return Ranges.answer(
        request,
        limits,
        openings.length(id, token, content),
        (first, length) -> openings.read(id, token, content, first, length));
  }

  @Get(value = "/v1/teams/{team}/vaults/{vault}/sends/{send}", headRoute = false)
  @Produces(Exchange.CBOR)
  HttpResponse<?> openings(HttpRequest<?> request, String team, String vault, String send) {
    Caller.InVault caller =
        gate.vault(
            Paths.id(team, TeamId::new),
            Paths.id(vault, VaultId::new),
            addresses.asker(request),
            VaultRole.VIEWER);
    SendId id = Paths.id(send, SendId::new);
    return exchange.page(
        caller.member().value(),
        Sends.Openings.CODEC,
        () -> openings.of(caller.teamId(), caller.vault(), id));
  }
}
