/// Catching up with the server and believing only what verifies: the team log, the histories of vaults, and the appending to
/// both.
package dev.cofre.client.history;
