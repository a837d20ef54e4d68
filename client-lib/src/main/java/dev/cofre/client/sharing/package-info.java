/// Who may read what: grants and the wraps that fulfil them, invitations, devices, and the ending of rights.
package dev.cofre.client.sharing;
