package dev.cofre.server.api;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs.Wanted;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Blobs;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The ciphertexts of many blobs in one answer.
@Controller("/v1/teams/{team}/vaults/{vault}/blobs")
@Produces(Exchange.RAW)
@ExecuteOn(TaskExecutors.BLOCKING)
class BlobsController {
  private final Gate gate;
  private final Blobs blobs;
  private final Addresses addresses;
  private final Exchange exchange;
  private final Limits limits;

  BlobsController(Gate gate, Blobs blobs, Addresses addresses, Exchange exchange, Limits limits) {
    this.gate = gate;
    this.blobs = blobs;
    this.addresses = addresses;
    this.exchange = exchange;
    this.limits = limits;
  }

  @Post
  @Consumes(Exchange.CBOR)
  HttpResponse<Content> read(
      HttpRequest<?> request, String team, String vault, @Body InputStream body)
      throws IOException {
    Caller.InVault caller =
        gate.vault(
            Paths.id(team, TeamId::new),
            Paths.id(vault, VaultId::new),
            addresses.asker(request),
            VaultRole.VIEWER);
    return exchange.answer(
        caller.member().value(),
        request,
        body,
        Exchange.SMALL,
        Wanted.CODEC,
        wanted -> answer(caller, wanted.blobs()));
  }

  private HttpResponse<Content> answer(Caller.InVault caller, List<BlobId> wanted) {
    try {
      Blobs.Chain chain = blobs.openAll(caller.teamId(), caller.vault(), wanted, caller.member());
      return HttpResponse.<Content>ok(new Content(new PacedAnswer(chain.bytes(), limits)))
          .contentType(Exchange.RAW)
          .contentLength(chain.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
