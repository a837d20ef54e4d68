/// Moving bytes: sealing and sending, fetching and verifying, and what a name may be on this disk.
package dev.cofre.client.transfer;
