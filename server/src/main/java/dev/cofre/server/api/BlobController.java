package dev.cofre.server.api;

import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs.Address;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Blobs;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;

/// A blob's ciphertext, whole or in part, or where to have it.
@Controller("/v1/teams/{team}/vaults/{vault}/blobs/{blob}")
@Produces(Exchange.RAW)
@ExecuteOn(TaskExecutors.BLOCKING)
class BlobController {
  private final Gate gate;
  private final Blobs blobs;
  private final Addresses addresses;
  private final Limits limits;

  BlobController(Gate gate, Blobs blobs, Addresses addresses, Limits limits) {
    this.gate = gate;
    this.blobs = blobs;
    this.addresses = addresses;
    this.limits = limits;
  }

  /// No HEAD: it would open what nobody reads.
  @Get(headRoute = false)
  HttpResponse<Content> read(HttpRequest<?> request, String team, String vault, String blob)
      throws IOException {
    Caller.InVault caller = viewer(request, team, vault);
    BlobId id = Paths.id(blob, BlobId::new);
    return Ranges.answer(
        request,
        limits,
        blobs.length(caller.teamId(), caller.vault(), id),
        (first, length) ->
            blobs.open(caller.teamId(), caller.vault(), id, caller.member(), first, length));
  }

  @Get(uri = "/address", headRoute = false)
  @Produces(Exchange.CBOR)
  HttpResponse<byte[]> address(HttpRequest<?> request, String team, String vault, String blob) {
    Caller.InVault caller = viewer(request, team, vault);
    BlobId id = Paths.id(blob, BlobId::new);
    return Exchange.ok(
        Address.CODEC, blobs.address(caller.teamId(), caller.vault(), id, caller.member()));
  }

  private Caller.InVault viewer(HttpRequest<?> request, String team, String vault) {
    return gate.vault(
        Paths.id(team, TeamId::new),
        Paths.id(vault, VaultId::new),
        addresses.asker(request),
        VaultRole.VIEWER);
  }
}
