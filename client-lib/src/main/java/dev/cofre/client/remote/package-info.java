/// The server as a port, and that port over HTTP: requests, refusals, retries, sessions. Nothing here opens anything.
package dev.cofre.client.remote;
